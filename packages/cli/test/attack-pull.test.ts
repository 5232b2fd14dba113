import { createServer } from 'node:http';
import { type Loopback, onLoopback } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { person } from './cli.js';

const key = 'canary-of-ollama-0123456789';

/** A server that repeats what it was asked with, and would steer the terminal. */
function parrot(): Promise<Loopback> {
  const server = createServer((request, response) => {
    request.resume();
    const status = `at \u001b[2J${request.headers.authorization}`;
    const answers: Readonly<Record<string, readonly [number, object]>> = {
      '/api/show': [404, { error: 'model not found' }],
      '/api/pull': [200, { status, completed: -5, total: 10 }],
    };
    const [code, answer] = answers[request.url ?? ''] ?? [200, { models: [] }];
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify(answer)}\n`);
  });
  return onLoopback(server);
}

test('what a server says while a model is fetched shows no key and steers no terminal', async () => {
  await using server = await parrot();
  const entry = { base_url: server.host, api_key: key, model: 'm' };
  await using me = await person({ 'mine.json': JSON.stringify({ model_providers: { ollama: entry } }) });
  const { stderr } = await me.run(['run', 'x', '--pull', '--config-file', 'mine.json']);
  expect(stderr).toMatch(/Fetching m: at .*Bearer \[redacted/);
  expect(stderr).not.toContain(key);
  expect(stderr).not.toContain('\u001b');
});
