import { chmod, lstat, readFile, stat, symlink } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { toolbox, type Toolbox } from '../toolbox.js';

const replace = (box: Toolbox, old_str: string, new_str: string | undefined, path = 'file.txt'): Promise<string> =>
  box.edit({ command: 'str_replace', path, old_str, ...(new_str === undefined ? {} : { new_str }) });

test('a unique text is replaced, and the answer shows the changed lines with a few around them', async () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
  await using box = await toolbox({ files: { 'file.txt': `${lines.join('\n')}\n` } });
  expect(await replace(box, 'line 10\nline 11', 'ten\neleven\nand a half')).toBe(
    `Changed file.txt:
     7\tline 7
     8\tline 8
     9\tline 9
    10\tten
    11\televen
    12\tand a half
    13\tline 12
    14\tline 13
    15\tline 14`,
  );
  expect(await box.files.read('file.txt')).toBe(
    `${lines.join('\n').replace('line 10\nline 11', 'ten\neleven\nand a half')}\n`,
  );
});

test.each([
  ['tabs', '\tif (x) {\n\t\treturn;\n\t}\n', '\t\treturn;', '\t\treturn 1;', '\tif (x) {\n\t\treturn 1;\n\t}\n'],
  ['a missing final line end', 'a\nb', 'b', 'c', 'a\nc'],
  ['a final line end', 'a\nb\n', 'b', 'c', 'a\nc\n'],
  ['CRLF', 'a\r\nb\r\nc\r\n', 'a\nb', 'x\ny\nz', 'x\r\ny\r\nz\r\nc\r\n'],
  ['mixed line ends', 'a\r\nb\nc\r\nd\n', 'b\nc', 'B\nC', 'a\r\nB\nC\r\nd\n'],
  ['a byte order mark', '\ufeffa\nb\n', 'a', 'A', '\ufeffA\nb\n'],
  ['lone carriage returns', 'a\rb\nc\n', 'c', 'C', 'a\rb\nC\n'],
  ['dollar signs of the new text', 'a\n', 'a', "$& $1 $' $$", "$& $1 $' $$\n"],
  ['characters outside the basic plane', '😀 a 😀\n', 'a', 'b', '😀 b 😀\n'],
])('%s are preserved', async (...[, before, old, changed, after]) => {
  await using box = await toolbox({ files: { 'file.txt': before } });
  expect(await replace(box, old, changed)).toMatch(/^Changed file\.txt/);
  expect(await box.files.read('file.txt')).toBe(after);
});

test('bytes that are no UTF-8 stay as they are', async () => {
  await using box = await toolbox({ files: { 'file.txt': Buffer.from('gr\xfc\xdfe\nname\n', 'latin1') } });
  expect(await replace(box, 'name', 'Gr\xfc\xdfe')).toMatch(/^Changed/);
  expect(await readFile(box.files.path('file.txt'))).toEqual(Buffer.from('gr\xfc\xdfe\nGr\xfc\xdfe\n', 'latin1'));
  expect(await replace(box, 'gr', '日本')).toMatch(/is not UTF-8, and its encoding lacks a character/);
});

test('without new_str the text is deleted', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'keep\ndrop\nkeep too\n' } });
  expect(await replace(box, 'drop\n', undefined)).toBe('Changed file.txt:\n     1\tkeep\n     2\tkeep too');
  expect(await replace(box, 'keep\nkeep too\n', undefined)).toBe('Changed file.txt:\n[the file is empty now]');
  expect(await box.files.read('file.txt')).toBe('');
});

test('a text that occurs more than once is refused with the lines of each', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'x = 1\ny\nx = 1\nxx = 1\n' } });
  expect(await replace(box, 'x = 1', 'z')).toBe(
    'old_str occurs 3 times in file.txt, beginning at lines 1, 3, 4. Add surrounding lines until it occurs once.',
  );
  expect(await box.files.read('file.txt')).toBe('x = 1\ny\nx = 1\nxx = 1\n');
});

test('occurrences that overlap are several', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'aaa\n' } });
  expect(await replace(box, 'aa', 'b')).toMatch(/occurs 2 times/);
});

test('an edit that changes nothing is told as such', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'same\n' } });
  expect(await replace(box, 'same', 'same')).toMatch(/^Nothing would change/);
});

test('the mode of a file stays, and a link stays a link', async () => {
  await using box = await toolbox({ files: { 'real/script.sh': '#!/bin/sh\necho old\n' } });
  await chmod(box.files.path('real/script.sh'), 0o755);
  await symlink('real/script.sh', box.files.path('link.sh'));
  expect(await replace(box, 'old', 'new', 'link.sh')).toMatch(/^Changed link\.sh/);
  expect(await box.files.read('real/script.sh')).toBe('#!/bin/sh\necho new\n');
  expect((await stat(box.files.path('real/script.sh'))).mode & 0o7777).toBe(0o755);
  expect((await lstat(box.files.path('link.sh'))).isSymbolicLink()).toBe(true);
  expect(await box.bash('ls -A real')).toBe('script.sh\n[exit code 0]');
});

test('a long change is shown by its beginning and its end', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'start\n' } });
  const answer = await replace(box, 'start', Array.from({ length: 500 }, (_, index) => `new ${index}`).join('\n'));
  expect(answer.split('\n').length).toBeLessThan(50);
  expect(answer).toContain('     1\tnew 0\n');
  expect(answer).toContain('   500\tnew 499');
});

test('a secret in the file is not shown, and its mark is not written', async () => {
  const { Secret } = await import('@trae-cli/protocol');
  const key = 'sk-canary-0123456789';
  await using box = await toolbox({
    files: { '.env': `A=1\nKEY=${key}\nB=2\n` },
    secrets: [new Secret(key, 'SOME_KEY')],
  });
  expect(await box.edit({ command: 'view', path: '.env' })).toBe(
    '     1\tA=1\n     2\tKEY=[redacted: SOME_KEY]\n     3\tB=2',
  );
  expect(await replace(box, 'A=1', 'A=2', '.env')).toContain('KEY=[redacted: SOME_KEY]');
  expect(await replace(box, 'KEY=[redacted: SOME_KEY]', 'KEY=x', '.env')).toMatch(
    /old_str contains \[redacted: SOME_KEY\], which stands for a secret/,
  );
  expect(await replace(box, 'B=2', 'B=[redacted: SOME_KEY]', '.env')).toMatch(/^new_str contains/);
  expect(await box.edit({ command: 'create', path: 'x', file_text: '[redacted: SOME_KEY]' })).toMatch(
    /^file_text contains/,
  );
  expect(await replace(box, `KEY=sk-canary-9876543210`, 'KEY=x', '.env')).not.toContain(key);
  expect(await box.files.read('.env')).toBe(`A=2\nKEY=${key}\nB=2\n`);
});

test('a file that itself speaks of redaction marks can be edited', async () => {
  await using box = await toolbox({ files: { 'file.txt': 'mark = "[redacted: NAME]"\n' } });
  expect(await replace(box, '"[redacted: NAME]"', "'[redacted: NAME]'")).toMatch(/^Changed/);
});
