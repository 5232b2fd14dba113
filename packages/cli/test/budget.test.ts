import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { at, bash, person } from './cli.js';

const usage = { prompt_tokens: 100_000, completion_tokens: 10_000, total_tokens: 110_000 };

/** A model that never ends and uses 110,000 tokens a turn. */
const greedy = () => ({ calls: [bash('true')], usage });

const priced = (url: string, more: object) => ({
  ...more,
  model_providers: { house: { base_url: url, model: 'm', price: { input: 1, output: 10 } } },
});

test('a run that has used its tokens says how many they were and which flag raises them', async () => {
  await using server = await modelServer(greedy);
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '--max-total-tokens', '200000', ...at(server)]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'Stopped at the budget of 200,000 tokens before the task was done. Raise it with --max-total-tokens.\n',
  );
});

test('a run that has cost what the file allows says how much that was', async () => {
  await using server = await modelServer(greedy);
  await using me = await person({ 'c.json': JSON.stringify(priced(server.url, { max_cost: 0.5 })) });
  const { exitCode, stderr, stdout } = await me.run(['run', 'x', '--config-file', 'c.json', '--output-format', 'json']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Stopped at the budget of $0.50 before the task was done. Raise it with --max-cost.\n');
  expect(stderr).toContain('3 steps');
  expect(JSON.parse(stdout)).toMatchObject({ status: 'stopped', reason: 'budget', steps: 3 });
});

test('a budget that the first request alone is beyond sends nothing, and says that', async () => {
  await using server = await modelServer(greedy);
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '--max-total-tokens', '1000', ...at(server)]);
  expect(exitCode).toBe(1);
  expect(server.turns).toEqual([]);
  expect(stderr).toContain(
    'Stopped before the first step: its request alone goes beyond the budget of 1,000 tokens. Raise it with --max-total-tokens.\n',
  );
  expect(stderr).toMatch(/^0 steps · [^·]+$/m);
});

test('a cost is not limited where nobody knows the price', async () => {
  await using server = await modelServer(greedy);
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '--max-cost', '1', ...at(server)]);
  expect({ exitCode, turns: server.turns }).toEqual({ exitCode: 2, turns: [] });
  expect(stderr).toContain('What scripted costs at openai_compatible is not known, so its cost cannot be limited.');
});
