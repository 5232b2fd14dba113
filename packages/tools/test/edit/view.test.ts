import { truncate } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { toolbox } from '../toolbox.js';

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');

test('a file is shown with line numbers, without byte order mark and carriage returns', async () => {
  await using box = await toolbox({ files: { 'a.txt': '\ufeffone\r\n\ttwo\r\n\r\nfour' } });
  expect(await box.edit({ command: 'view', path: 'a.txt' })).toBe('     1\tone\n     2\t\ttwo\n     3\t\n     4\tfour');
});

test('a range counts from 1 and -1 is the end', async () => {
  await using box = await toolbox({ files: { 'a.txt': numbered(10) } });
  const view = (range: readonly number[]): Promise<string> =>
    box.edit({ command: 'view', path: 'a.txt', view_range: range });
  expect(await view([2, 3])).toBe('     2\tline 2\n     3\tline 3');
  expect(await view([9, -1])).toBe('     9\tline 9\n    10\tline 10');
  expect(await view([10, 20])).toBe('    10\tline 10\n[the file has 10 lines]');
  expect(await view([11, 12])).toBe('a.txt has 10 lines; view_range begins at 11.');
  expect(await view([0, 2])).toMatch(/counted from 1/);
  expect(await view([3, 2])).toMatch(/ends before it begins/);
  expect(await view([3])).toMatch(/takes two numbers/);
});

test('a long file is shown in part, with the way to the rest', async () => {
  await using box = await toolbox({ files: { 'a.txt': numbered(5000) } });
  const first = await box.edit({ command: 'view', path: 'a.txt' });
  const [, next = ''] = /\[lines 1 to \d+ of 5000; the next with view_range \[(\d+), -1\]\]$/.exec(first) ?? [];
  expect(first.length).toBeLessThan(31_000);
  expect(await box.edit({ command: 'view', path: 'a.txt', view_range: [Number(next), Number(next)] })).toBe(
    `${next.padStart(6)}\tline ${next}`,
  );
});

test('a very long line is cut', async () => {
  await using box = await toolbox({ files: { 'a.js': `${'x'.repeat(1_000_000)}\nnext\n` } });
  const view = await box.edit({ command: 'view', path: 'a.js' });
  expect(view).toMatch(/^ {5}1\tx{2000}… \[998000 more characters\]\n {5}2\tnext$/);
});

test('empty, binary and huge files are answered sensibly', async () => {
  await using box = await toolbox({ files: { empty: '', 'x.bin': Buffer.from([1, 2, 0, 3]), huge: numbered(1000) } });
  expect(await box.edit({ command: 'view', path: 'empty' })).toBe('[the file is empty]');
  expect(await box.edit({ command: 'view', path: 'x.bin' })).toMatch(/^x\.bin is a binary file of 4 bytes/);
  expect(await box.edit({ command: 'str_replace', path: 'x.bin', old_str: 'a', new_str: 'b' })).toMatch(
    /is a binary file/,
  );
  await truncate(box.files.path('huge'), 2 * 1024 ** 3);
  expect(await box.edit({ command: 'view', path: 'huge', view_range: [999, 1000] })).toBe(
    '   999\tline 999\n  1000\tline 1000\n[lines 999 to 1000 of a large file; view_range shows others, grep -n finds them]',
  );
  expect(await box.edit({ command: 'str_replace', path: 'huge', old_str: 'line 7\n', new_str: '' })).toMatch(
    /too many to edit here/,
  );
});

test('characters that lie across two reads are whole', async () => {
  const text = `x${'€'.repeat(700_000)}`;
  await using box = await toolbox({ files: { 'a.txt': text.replaceAll(/(.{1000})/gu, '$1\n') } });
  const view = await box.edit({ command: 'view', path: 'a.txt', view_range: [340, 360] });
  expect(view).not.toContain('\ufffd');
  expect(view.split('\n')).toHaveLength(21);
});

test('a directory is listed two levels deep without what git ignores', async () => {
  await using box = await toolbox({
    git: true,
    files: {
      '.gitignore': 'dist/\n*.log\n!keep.log\n',
      'src/deep/er/x.ts': '',
      'src/a.ts': '',
      'src/.gitignore': 'generated.ts\n!wanted.log\n',
      'src/other.log': '',
      'src/wanted.log': '',
      'src/generated.ts': '',
      'dist/out.js': '',
      'error.log': '',
      'keep.log': '',
      'node_modules/p/index.js': '',
      '.github/ci.yml': '',
    },
  });
  await box.bash('ln -s src/a.ts link');
  expect(await box.edit({ command: 'view', path: '.' })).toBe(
    `${box.root}, two levels deep, without .git, node_modules and ignored files:
.github/
.github/ci.yml
.gitignore
keep.log
link (link)
src/
src/.gitignore
src/a.ts
src/deep/
src/wanted.log`,
  );
  expect(await box.edit({ command: 'view', path: 'dist' })).toMatch(/^dist, two levels deep.*\nout\.js$/);
  expect(await box.edit({ command: 'view', path: 'src/deep' })).toMatch(/\ner\/\ner\/x\.ts$/);
});

test('a large directory is bounded', async () => {
  const files = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`f${index}`, '']));
  await using box = await toolbox({ files });
  const view = await box.edit({ command: 'view', path: '.' });
  expect(view.split('\n')).toHaveLength(502);
  expect(view).toMatch(/\[only the first 500; view a directory below for more\]$/);
});

test('a missing file is answered with the names that may have been meant', async () => {
  await using box = await toolbox({ files: { 'src/server.ts': '', 'src/client.ts': '', 'lib/helper.py': '' } });
  expect(await box.edit({ command: 'view', path: 'src/sever.ts' })).toBe(
    `${box.root}/src/sever.ts does not exist. Did you mean src/server.ts? Relative paths start at ${box.root}.`,
  );
  expect(await box.edit({ command: 'view', path: 'helper.py' })).toContain('Did you mean lib/helper.py?');
  expect(await box.edit({ command: 'str_replace', path: 'nothing/like/it', old_str: 'a' })).toMatch(
    /does not exist\. Relative paths/,
  );
});

test('many views at once are all answered', async () => {
  await using box = await toolbox({
    files: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}`, `text ${n}\n`])),
  });
  const views = await Promise.all(Array.from({ length: 50 }, (_, n) => box.edit({ command: 'view', path: `f${n}` })));
  expect(views).toEqual(Array.from({ length: 50 }, (_, n) => `     1\ttext ${n}`));
});

test('what is neither file nor directory is not opened', async () => {
  await using box = await toolbox();
  await box.bash('mkfifo pipe');
  expect(await box.edit({ command: 'view', path: 'pipe' })).toBe('pipe is neither a file nor a directory.');
});
