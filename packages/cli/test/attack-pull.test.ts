import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { person } from './cli.js';

const key = 'canary-of-ollama-0123456789';

/** A server that repeats what it was asked with, and would steer the terminal. */
async function parrot() {
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
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { server, host: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

test('what a server says while a model is fetched shows no key and steers no terminal', async () => {
  const { host, server } = await parrot();
  const entry = { base_url: host, api_key: key, model: 'm' };
  await using me = await person({ 'mine.json': JSON.stringify({ model_providers: { ollama: entry } }) });
  const { stderr } = await me.run(['run', 'x', '--pull', '--config-file', 'mine.json']);
  server.close();
  expect(stderr).toMatch(/Fetching m: at .*Bearer \[redacted/);
  expect(stderr).not.toContain(key);
  expect(stderr).not.toContain('\u001b');
});
