import { expect, test } from 'vitest';
import { explainAbsence } from '../../src/edit/near-miss.js';

const python =
  'import os\n\ndef one():\n    value = 1\n    return value\n\n\ndef two():\n    value = 2\n    return value\n';

test.each([
  ['tabs for spaces', 'def two():\n\tvalue = 2', 'Line 9 begins with 4 spaces in the file and with 1 tab in old_str.'],
  [
    'another indentation',
    'def one():\n  value = 1',
    'Line 4 begins with 4 spaces in the file and with 2 spaces in old_str.',
  ],
  [
    'trailing spaces',
    'def one():  \n    value = 1',
    'Line 3 ends with nothing in the file and with 2 spaces in old_str.',
  ],
  ['space inside a line', 'def one():\n    value  =  1', 'Line 4 has other white space inside'],
  ['a missing blank line', 'import os\ndef one():', 'Blank lines between them, or white space around them, differ.'],
  [
    'one line that differs',
    'def two():\n    value = 3\n    return value',
    'Line 9 is "    value = 2" in the file and "    value = 3" in old_str.',
  ],
  ['line numbers of a view', '     3\tdef one():\n     4\t    value = 1', 'line numbers of a view'],
  ['one escape too many', 'def one():\\n    value = 1', 'escaped once too often'],
  ['a similar line', 'deff  two():', 'Line 8 is "def two():" in the file'],
  ['nothing alike', 'completely different words', 'View the file again.'],
])('%s is named', (_, sought, words) => {
  expect(explainAbsence(python, sought)).toContain(words);
});

test('the lines of the closest place and of the next are given', () => {
  expect(explainAbsence(python, 'def two():\n    return value')).toMatch(/^Closest: lines 8 to 9, where 1 of 2 lines/);
  expect(explainAbsence('a_name(1)\nb\n\na_name(1)\nc\n', 'a_name(1)\nd')).toMatch(/Next: line 4\./);
});

test('typographic characters are told by their code', () => {
  expect(explainAbsence('say “hello” – now\n', 'say "hello" - now')).toContain(
    'the file has "“" (U+201C) where old_str has "\\"" (U+0022)',
  );
});

test('a large file is explained quickly', () => {
  const text = Array.from({ length: 100_000 }, (_, index) => `  call(${index % 100}, "some text");`).join('\n');
  const startedAt = performance.now();
  expect(explainAbsence(text, '  call(7, "some other text");\n}\n')).toMatch(/^No line of it is there\. Similar ones:/);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
