import { expect, test } from 'vitest';
import { toolbox } from '../toolbox.js';

test.each([
  ['at the beginning', 'a\nb\n', 0, 'x', 'x\na\nb\n'],
  ['in the middle', 'a\nb\n', 1, 'x\ny\n', 'a\nx\ny\nb\n'],
  ['at the end', 'a\nb\n', 2, 'x', 'a\nb\nx\n'],
  ['after a last line without line end', 'a\nb', 2, 'x', 'a\nb\nx'],
  ['into an empty file', '', 0, 'x\n', 'x\n'],
  ['into a CRLF file', 'a\r\nb\r\n', 1, 'x\ny', 'a\r\nx\r\ny\r\nb\r\n'],
  ['as a blank line', 'a\nb\n', 1, '\n', 'a\n\nb\n'],
])(
  'what is inserted %s stands there, and everything around it as before',
  async (...[, before, insert_line, new_str, after]) => {
    await using box = await toolbox({ files: { 'file.txt': before } });
    expect(await box.edit({ command: 'insert', path: 'file.txt', insert_line, new_str })).toMatch(
      /^Changed file\.txt:\n/,
    );
    expect(await box.files.read('file.txt')).toBe(after);
  },
);

test('insert shows the new lines in their place', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'a\nb\nc\n' } });
  expect(await box.edit({ command: 'insert', path: 'file.txt', insert_line: 3, new_str: 'd\ne' })).toBe(
    'Changed file.txt:\n     1\ta\n     2\tb\n     3\tc\n     4\td\n     5\te',
  );
});

test('insert beyond the end is answered with the number of lines', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'a\nb\n' } });
  expect(await box.edit({ command: 'insert', path: 'file.txt', insert_line: 3, new_str: 'x' })).toBe(
    'insert_line is 3, but file.txt has 2 lines. Give 0 to 2: the text goes after that line.',
  );
  expect(await box.edit({ command: 'insert', path: 'file.txt', insert_line: -1, new_str: 'x' })).toMatch(/Give 0 to 2/);
});

test('create makes the file and its directories, byte for byte', async () => {
  await using box = await toolbox();
  expect(await box.edit({ command: 'create', path: 'new/deep/file.txt', file_text: 'a\r\n\tb' })).toBe(
    'Created new/deep/file.txt: 2 lines.',
  );
  expect(await box.files.read('new/deep/file.txt')).toBe('a\r\n\tb');
  expect(await box.edit({ command: 'create', path: 'empty', file_text: '' })).toBe('Created empty: 0 lines.');
});

test('create overwrites nothing', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'precious\n', 'dir/x': '' } });
  expect(await box.edit({ command: 'create', path: 'file.txt', file_text: 'x' })).toBe(
    'file.txt exists already. Change it with str_replace or insert.',
  );
  expect(await box.edit({ command: 'create', path: 'dir', file_text: 'x' })).toMatch(/^dir exists already/);
  expect(await box.edit({ command: 'create', path: 'file.txt/below', file_text: 'x' })).toMatch(
    /file\.txt\/below cannot be reached: a part of the path is not a directory\./,
  );
  expect(await box.files.read('file.txt')).toBe('precious\n');
});

test('a command without its parameter is answered with a sentence', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'a\n' } });
  const path = 'file.txt';
  expect(await box.edit({ command: 'str_replace', path })).toBe('str_replace needs old_str: the text to replace.');
  expect(await box.edit({ command: 'str_replace', path, old_str: '' })).toMatch(/^old_str is empty/);
  expect(await box.edit({ command: 'insert', path, new_str: 'x' })).toMatch(/^insert needs insert_line/);
  expect(await box.edit({ command: 'insert', path, insert_line: 1 })).toMatch(/^insert needs new_str/);
  expect(await box.edit({ command: 'create', path: 'new' })).toMatch(/^create needs file_text/);
  expect(await box.edit({ command: 'delete', path })).toMatch(/command: .*"view"\|"create"\|"str_replace"\|"insert"/);
  expect(await box.edit({ command: 'str_replace', path, old_str: 'a', new_string: 'b' })).toMatch(
    /new_string.*It takes: .*new_str/,
  );
  expect(await box.files.read('file.txt')).toBe('a\n');
});

test('parameters that are null are left out', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'a\nb\n' } });
  const view = { command: 'view', path: 'file.txt', view_range: null, old_str: null, insert_line: null };
  expect(await box.edit(view)).toBe('     1\ta\n     2\tb');
  expect(await box.edit({ command: 'view', path: null })).toMatch(/path: /);
});

test('numbers and lists that come as text are understood', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'a\nb\n' } });
  expect(await box.edit({ command: 'view', path: 'file.txt', view_range: '[2, -1]' })).toBe('     2\tb');
  expect(await box.edit({ command: 'insert', path: 'file.txt', insert_line: '1', new_str: 'x' })).toMatch(/^Changed/);
});
