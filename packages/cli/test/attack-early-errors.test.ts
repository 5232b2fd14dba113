import { createServer } from 'node:http';
import { onLoopback } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { person } from './cli.js';

const password = 'hunter2secret';

test('a service that quotes the password of the proxy, before the run has begun, does not get it shown', async () => {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume();
    asked += 1;
    response.writeHead(401, { 'content-type': 'application/json' }).end(`{"error":"Who is ${password}?"}`);
  });
  await using proxy = await onLoopback(server);
  await using me = await person();
  const env = { HTTP_PROXY: `http://u:${password}@${proxy.host}` };
  const flags = ['--provider', 'ollama', '--model', 'm', '--model-base-url', 'http://models.example:11434'];
  for (const format of ['text', 'json']) {
    const { exitCode, stdout, stderr } = await me.run(['run', 'x', ...flags, '--output-format', format], { env });
    expect({ exitCode, said: /Who is \[redacted/.test(stderr) }).toEqual({ exitCode: 3, said: true });
    expect(stdout + stderr).not.toContain(password);
  }
  expect(asked).toBeGreaterThan(1);
});
