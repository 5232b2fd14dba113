import { expect, test } from 'vitest';
import { toolbox } from '../toolbox.js';

const text = `// users
{
  "users": [
    { "name": "Ada", "id": 12345678901234567890 },
    {
      "name": "Bo", // the second
      "id": 2.50
    }
  ]
}
`;

test('a file is shown with its lines and comments', async () => {
  await using box = await toolbox({ files: { 'a.jsonc': text } });
  expect(await box.json('view', 'a.jsonc')).toBe(await box.edit({ command: 'view', path: 'a.jsonc' }));
});

test('a match is shown with its place, as it is written', async () => {
  await using box = await toolbox({ files: { 'a.jsonc': text } });
  expect(await box.json('view', 'a.jsonc', '$.users[0].id')).toBe('$.users[0].id (line 4): 12345678901234567890');
  expect(await box.json('view', 'a.jsonc', '$.users[-1]')).toBe(
    '$.users[1] (lines 5 to 8):\n{\n  "name": "Bo", // the second\n  "id": 2.50\n}',
  );
  expect(await box.json('view', 'a.jsonc', '$..name')).toBe(
    '2 matches:\n$.users[0].name (line 4): "Ada"\n$.users[1].name (line 6): "Bo"',
  );
  expect(await box.json('view', 'a.jsonc', "$.users[?@.name == 'Bo'].id")).toBe('$.users[1].id (line 7): 2.50');
});

test('without pretty_print a value is on one line, without its comments', async () => {
  await using box = await toolbox({ files: { 'a.jsonc': text } });
  const line = '{"users": [{"name": "Ada", "id": 12345678901234567890}, {"name": "Bo", "id": 2.50}]}';
  expect(await box.json('view', 'a.jsonc', undefined, { pretty_print: false })).toBe(line);
  expect(await box.json('view', 'a.jsonc', '$.users[1]', { pretty_print: false })).toBe(
    '$.users[1] (lines 5 to 8): {"name": "Bo", "id": 2.50}',
  );
});

test('a long line is laid out for reading', async () => {
  const items = Array.from({ length: 400 }, (_, index) => `{"id":${index},"of":[]}`);
  await using box = await toolbox({ files: { 'a.json': `{"all":[${items.join(',')}]}` } });
  expect(await box.json('view', 'a.json')).toMatch(
    /^\[laid out for reading; in the file the lines are longer\]\n\{\n {2}"all": \[\n {4}\{\n {6}"id": 0,\n {6}"of": \[\]\n {4}\},\n/,
  );
  expect(await box.json('view', 'a.json', '$.all')).toMatch(/^\$\.all \(line 1\):\n\[\n {2}\{\n {4}"id": 0,/);
});

test('what is shown of much is bounded, and says how to see the rest', async () => {
  const items = Array.from({ length: 20_000 }, (_, index) => `  { "id": ${index} }`);
  await using box = await toolbox({ files: { 'a.json': `{ "all": [\n${items.join(',\n')}\n], "b": 1 }` } });
  const whole = await box.json('view', 'a.json');
  expect(whole.length).toBeLessThan(32_000);
  expect(whole).toMatch(/\[lines 1 to \d+ of 20002\. json_path shows a part, such as \$\.all, \$\.b\]$/);
  const matches = await box.json('view', 'a.json', '$..id');
  expect(matches).toMatch(/^20000 matches:\n\$\.all\[0\]\.id \(line 2\): 0\n/);
  expect(matches).toMatch(/\n\[19500 more matches; a narrower json_path shows them\]$/);
  const array = await box.json('view', 'a.json', '$.all');
  expect(array.length).toBeLessThan(32_000);
  expect(array).toMatch(/… \[\d+ more characters\]$/);
});

test('an edit answers with the changed lines, of many places with the first', async () => {
  const lines = Array.from({ length: 100 }, (_, index) => `  { "id": ${index} }`);
  await using box = await toolbox({ files: { 'a.json': `[\n${lines.join(',\n')}\n]\n`, 'b.json': text } });
  expect(await box.json('set', 'b.json', '$.users[1].name', { value: 'Cy' })).toBe(
    `Changed b.json:
     3\t  "users": [
     4\t    { "name": "Ada", "id": 12345678901234567890 },
     5\t    {
     6\t      "name": "Cy", // the second
     7\t      "id": 2.50
     8\t    }
     9\t  ]`,
  );
  const answer = await box.json('set', 'a.json', '$[::10].id', { value: -1 });
  expect(answer).toMatch(/^Changed a\.json in 10 places:\n {5}1\t\[\n {5}2\t {2}\{ "id": -1 \},\n/);
  expect(answer).toMatch(/\n \s+…\n {5}9\t[^]*\n\[5 more like these\]$/);
});

test('of a change in a long line what is around it is shown', async () => {
  const file = `{"x":"${'x'.repeat(5_000)}","a":1,"y":"${'y'.repeat(5_000)}"}`;
  await using box = await toolbox({ files: { 'a.json': file } });
  const answer = await box.json('set', 'a.json', '$.a', { value: 2 });
  expect(answer).toMatch(/^Changed a\.json:\n {5}1\t…x+","a":2,"y":"y+…$/);
  expect(answer.length).toBeLessThan(500);
});

test.each([
  ['5', '5', '"5"'],
  ['text', 'text', '"text"'],
  ['a broken object', '{"a": ', '"{\\"a\\": "'],
  ['an object', { b: 1 }, '{"b": 1}'],
  ['the text of an object', '{"b": 1}', '{"b": 1}'],
  ['the text of an array', ' [1, "2"] ', '[1, "2"]'],
  ['a quoted string', '"5"', '"5"'],
  ['a string quoted twice', '"[1]"', '"[1]"'],
])('a value given as %s is written so', async (...[, value, written]) => {
  await using box = await toolbox({ files: { 'a.json': '{"a": 0}' } });
  await box.json('set', 'a.json', '$.a', { value });
  expect(await box.files.read('a.json')).toBe(`{"a": ${written}}`);
});
