import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { errorTable } from '@trae-cli/protocol';
import { catalog } from '@trae-cli/providers';
import { expect, test } from 'vitest';
import { person } from './cli.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readme = await readFile(`${root}README.md`, 'utf8');

/** The cells of the table whose first heading is this. */
function table(heading: string): readonly (readonly string[])[] {
  const [, rows = ''] = new RegExp(`^\\| ${heading} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm').exec(readme) ?? [];
  return rows
    .trimEnd()
    .split('\n')
    .map((row) =>
      row
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    );
}

test('the README names every provider with its key and its default model', () => {
  const rows = new Map(table('Provider').map(([id = '', key = '', model = '']) => [id, { key, model }]));
  for (const { id, keyVariables, defaultModel } of catalog) {
    const row = rows.get(`\`${id}\``);
    expect(row?.key, id).toContain(`\`${keyVariables[0]}\``);
    expect(row?.model, id).toContain(`\`${defaultModel ?? '--model'}\``);
  }
  expect(rows.size).toBe(catalog.length + 1);
});

test('the README has every exit status', () => {
  const written = table('Status').flatMap(([statuses = '']) => statuses.split(', ').map(Number));
  const known = [0, ...Object.values(errorTable).map(({ exit }) => exit), 130, 143];
  expect(written).toEqual([...new Set(known)].toSorted((a, b) => a - b));
});

test('every message that the README helps with is one of ours', async () => {
  const files = (await readdir(`${root}packages`, { recursive: true })).filter((file) => /\/src\/.*\.ts$/.test(file));
  const sources = (await Promise.all(files.map((file) => readFile(`${root}packages/${file}`, 'utf8')))).join('\n');
  const messages = table('What you see').flatMap(([cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, message = '']) => message.replace(/^… /, '')),
  );
  expect(messages.length).toBeGreaterThan(4);
  expect(messages.filter((message) => !sources.includes(message))).toEqual([]);
});

test('every flag that the README uses is one', async () => {
  await using me = await person();
  const commands = ['run', 'doctor', 'models'];
  const help = (await Promise.all(commands.map((command) => me.run([command, '--help']))))
    .map(({ stdout }) => stdout)
    .join('\n');
  const used = [...readme.matchAll(/(?<=[\s`])--?[a-z][a-z-]*/g)].map(([flag]) => flag);
  expect(used.length).toBeGreaterThan(10);
  expect([...new Set(used)].filter((flag) => !new RegExp(`(^|[ ,])${flag}\\b`, 'm').test(help))).toEqual([]);
});
