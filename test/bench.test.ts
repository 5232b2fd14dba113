import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runProcess } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));

const reportSchema = z.object({
  rows: z.array(z.object({ title: z.string(), ours: z.number().positive(), floor: z.number().positive() })),
});

test(
  'the bench measures the real program against the floor, and both do all the work',
  { timeout: 120_000 },
  async () => {
    const args = [`${root}bench/run.mjs`, 'step', '--rounds', '1', '--json'];
    const { exitCode, stdout } = await runProcess(process.execPath, args);
    expect(exitCode).toBe(0);
    expect(reportSchema.parse(JSON.parse(stdout)).rows).toHaveLength(1);
  },
);

test('docs/performance.md has every measure, with its figures', async () => {
  const page = await readFile(`${root}docs/performance.md`, 'utf8');
  const files = (await readdir(`${root}bench/measures`)).map((name) => `${root}bench/measures/${name}`);
  const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const titles = sources.flatMap((source) =>
    [...source.matchAll(/title(?::| =) '([^']+)'/g)].map(([, title = '']) => title),
  );
  expect(titles).toHaveLength(9);
  for (const title of titles) {
    const row = page.split('\n').find((line) => line.startsWith(`| ${title} `)) ?? '';
    expect(
      row
        .split('|')
        .slice(2, 5)
        .every((cell) => /\d/.test(cell)),
      title,
    ).toBe(true);
  }
});

test.each(['openai-chat', 'openai-responses', 'anthropic', 'ollama'])(
  'docs/performance.md says how fast a stream over %s is read, and in how much memory',
  async (format) => {
    const page = await readFile(`${root}docs/performance.md`, 'utf8');
    const rows = page.split('\n').filter((line) => line.includes(` over ${format},`));
    expect(rows.map((row) => /^\| (200,000 small deltas|memory at the end) .*\d/.test(row))).toEqual([true, true]);
  },
);
