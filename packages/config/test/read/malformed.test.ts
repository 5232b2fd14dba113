import { describe, expect, test } from 'vitest';
import { errorOf, readText } from './document.js';

/** What is said about a text, from the line on. */
async function said(name: string, text: string): Promise<string> {
  const { code, message } = await errorOf(readText(name, text));
  expect(code).toBe('config_invalid');
  expect(message).toContain(`/${name}, line `);
  return message.slice(message.indexOf(', line ') + 2);
}

const deep = 100_000;

describe('malformed JSON is shown where it is wrong', () => {
  test.each([
    ['a comma left out', '{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: a comma is missing'],
    ['a comma too many', '{"a": 1,, "b": 2}', 'line 1, column 9: a key in double quotes is missing'],
    ['a colon left out', '{"a" 1}', 'line 1, column 6: a colon is missing'],
    ['a value left out', '{"a": }', 'line 1, column 7: a value is missing'],
    [
      'a brace left open',
      '{\n "m": {\n  "a": 1\n',
      'line 4, column 1: the file ends, and the { of line 2 is not closed',
    ],
    ['a bracket left open', '{"a": [1', 'line 1, column 9: the file ends, and the [ of line 1 is not closed'],
    ['a brace too many', '{"a": 1}\n}', 'line 2, column 1: the configuration has ended before this'],
    ['a quote left out', '{\n"a": "x\n}', 'line 2, column 6: this text is not closed'],
    ['single quotes', "{'a': 1}", 'line 1, column 2: this is not JSON; keys and texts stand in double quotes'],
    ['no quotes', '{a: 1}', 'line 1, column 2: this is not JSON'],
    ['YAML', 'a: 1', 'line 1, column 1: this is not JSON'],
    ['a path of Windows', String.raw`{"a": "C:\Program"}`, 'column 7: JSON has no such escape; a backslash itself is'],
    ['half an escape', String.raw`{"a": "\u12"}`, 'column 7: after \\u there have to be four'],
    ['a tab in a text', '{"a": "x\ty"}', 'column 7: this text holds a control character'],
    ['an open comment', '{} /* x', 'line 1, column 4: this comment is never closed'],
    ['no number', '{"a": NaN}', 'line 1, column 7: this is not JSON'],
    ['half a number', '{"a": 1.}', 'line 1, column 7: this number is not complete'],
    ['a number without end', '{"a": 1e999}', 'line 1, column 7: this number is too large'],
    ['a list', ' [1]', 'line 1, column 2: a configuration is an object, keys and their values, and this is a list'],
    ['a text', '"x"', 'and this is a single value'],
    ['nothing but null', 'null', 'and this is a single value'],
    [
      'two keys of one name',
      '{\n"a": 1,\n"a": 2}',
      'line 3, column 1: the key "a" is there twice, in line 2 and again in line 3',
    ],
    ['two keys deep inside', '{"m": {"a": 1, "a": 2}}', 'column 16: the key "a" is there twice, in line 1.'],
    ['lists without end', '['.repeat(deep), 'the values are nested more than 100 levels deep'],
    ['objects without end', '{"a":'.repeat(deep), 'the values are nested more than 100 levels deep'],
  ])('%s', async (_what, text, expected) => {
    expect(await said('trae_config.json', text)).toContain(expected);
  });
});

describe('malformed YAML is shown where it is wrong', () => {
  test.each([
    ['a tab', 'a:\n\tb: 1', 'line 2, column 1: lines are indented with spaces'],
    ['a bracket left open', 'a: 1\nb: [1, 2\n', 'a bracket above is not closed'],
    ['a quote left open', 'a: "x', 'line 1, column 6: a closing quote'],
    ['two colons', 'a: b: c', 'line 1, column 4: a line has one key'],
    ['an odd beginning', 'a: @x', 'line 1, column 4: a text that begins with this character'],
    ['what is left over', 'a: "b" c', 'line 1, column 8: this does not belong here'],
    ['an unknown escape', String.raw`a: "\d"`, 'line 1, column 5: there is no such escape'],
    ['a list', '- a', 'line 1, column 1: a configuration is an object, keys and their values, and this is a list'],
    ['a text', 'a:b', 'and this is a single value'],
    [
      'a bracket left open at the end',
      'a: 1\nb:\n  c: [1,\n',
      'line 3, column 9: this is indented too far or not far enough',
    ],
    ['two documents', 'a: 1\n---\nb: 2', 'line 3, column 1: a second document begins here'],
    [
      'two keys of one name',
      'a: 1\n"a": 2',
      'line 2, column 1: the key "a" is there twice, in line 1 and again in line 2',
    ],
    ['a number as key', 'm:\n  1: x', 'line 2, column 3: a key has to be a text'],
    ['no key at all', ': x', 'a key has to be a text'],
    ['a list as key', '? [a]\n: b', 'a key has to be a text'],
    ['an infinite number', 'a: .inf', 'line 1, column 4: this number is infinite'],
    ['a number that is none', 'a: .nan', 'line 1, column 4: this number is infinite, too large or none at all'],
    ['a number too large', 'a: 1e999', 'line 1, column 4: this number is infinite, too large'],
    ['bytes', 'a: !!binary aGk=', 'line 1, column 4: tags are not supported'],
    ['a tag of a program', 'a: !!python/object:os.system x', 'line 1, column 4: tags are not supported'],
    ['an unknown anchor', 'a: *x', 'line 1, column 4: nothing above has this anchor'],
    ['an alias of itself', 'a: &x {b: *x}', 'line 1, column 11: nothing above has this anchor'],
    ['a merge of no object', 'a: {<<: 1}', 'line 1, column 5: after << there has to be'],
    ['a broken directive', '%YAML\n---\na: 1', 'there is no such directive'],
    ['lists without end', '- '.repeat(deep), 'the values are nested more than 100 levels deep'],
    ['brackets without end', '['.repeat(deep), 'the values are nested more than 100 levels deep'],
    ['braces without end', '{a: '.repeat(deep), 'the values are nested more than 100 levels deep'],
    ['keys without end', '? '.repeat(deep), 'the values are nested more than 100 levels deep'],
  ])('%s', async (_what, text, expected) => {
    expect(await said('trae_config.yaml', text)).toContain(expected);
  });

  test('aliases of aliases stand for so many values and no more', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`);
    const text = ['a0: &a0 [x, y]', ...lines].join('\n');
    expect(await said('trae_config.yaml', text)).toContain('the aliases stand for too many values');
  });

  test('aliases do not nest deeper than anything else', async () => {
    const lines = Array.from({ length: 120 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`);
    const text = ['a0: &a0 []', ...lines].join('\n');
    expect(await said('trae_config.yaml', text)).toContain('nested more than 100 levels deep');
  });

  test('a hundred thousand keys are read before anybody loses patience', async () => {
    const text = Array.from({ length: 70_000 }, (_, index) => `key${index}: 1`).join('\n');
    const document = await readText('trae_config.yaml', text);
    expect(document?.positionOf(['key69999'])).toEqual({ line: 70_000, column: 1 });
  });
});

describe('a .traerc is what it looks like', () => {
  test.each([
    ['YAML', 'a: 1', { a: 1 }],
    ['JSON', '{"a": 1}', { a: 1 }],
    ['JSON with comments', '// x\n{"a": 1, // y\n "b": 2}', { a: 1, b: 2 }],
    ['YAML with braces', '{a: 1}', { a: 1 }],
    ['JSON with tabs', '{\n\t"a": [\n\t\t1\n\t]\n}', { a: [1] }],
  ])('%s', async (_what, text, values) => {
    expect((await readText('.traerc', text))?.values).toEqual(values);
  });

  test('a mistake in JSON is told as one', async () => {
    expect(await said('.traerc', '{"a": 1\n "b": 2}')).toContain('line 2, column 2: a comma is missing');
  });
});
