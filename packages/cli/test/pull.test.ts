import { createGate, hasTerminal, modelServer, type OllamaModel, openTerminal, type Respond } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { done, type Person, person, program } from './cli.js';

const part = (completed: number) =>
  `${JSON.stringify({ status: 'pulling 4a188102020e', digest: 'sha256:4a188102020e', total: 4_000_000_000, completed })}\n`;

type Models = Record<string, OllamaModel>;

/** Fetches half of the model, and the rest when the gate opens; then it is there, and answers. */
const kitchen =
  (models: Models, until: Promise<void>): Respond =>
  ({ path }) => {
    if (path !== '/api/pull') return done('Pulled.');
    models['qwen3.5'] = {};
    const success = `${JSON.stringify({ status: 'success' })}\n`;
    const headers = { 'content-type': 'application/x-ndjson' };
    return { headers, chunks: [part(1_600_000_000), { until }, part(4_000_000_000), success] };
  };

const pulling = (me: Person, server: { readonly origin: string }) => ({
  args: ['run', 'x', '-p', 'ollama', '-m', 'qwen3.5', '--pull'],
  env: { PATH: process.env['PATH'], HOME: me.home.root, OLLAMA_HOST: server.origin },
});

test('--pull says each part once where nobody watches a bar, and then runs', async () => {
  const models: Models = {};
  await using server = await modelServer(kitchen(models, Promise.resolve()), { ollama: { models } });
  await using me = await person();
  const { args, env } = pulling(me, server);
  const { exitCode, stderr } = await me.run(args, { env: { ...env, PATH: env.PATH ?? '' } });
  expect(exitCode).toBe(0);
  expect(stderr.split('\n').filter((line) => line.startsWith('Fetching'))).toEqual([
    'Fetching qwen3.5: pulling 4a188102020e',
    'Fetching qwen3.5: success',
  ]);
});

describe.skipIf(!(await hasTerminal()))('on a terminal', () => {
  test('the bar fits into 80 columns with its amounts', async () => {
    const gate = createGate();
    const models: Models = {};
    await using server = await modelServer(kitchen(models, gate.opened), { ollama: { models } });
    await using me = await person();
    const { args, env } = pulling(me, server);
    await using terminal = await openTerminal([process.execPath, program, ...args], { cwd: me.workspace.root, env });
    await terminal.untilShown('Fetching qwen3.5 [##########..............] 40% 1.6 GB of 4.0 GB');
    gate.open();
    expect(await terminal.untilEnded()).toBe(0);
  });
});
