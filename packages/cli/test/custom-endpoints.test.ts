import { createServer } from 'node:http';
import { type ModelServer, modelServer, onLoopback, readRequest } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { bash, done, type Person, person } from './cli.js';

const key = 'house-key-0123456789';

/** The person's own file with one provider, as the panel of an editor would have it. */
async function personWith(settings: object): Promise<Person> {
  const me = await person();
  const house = { api_key: key, model: 'openai/gpt-4o', ...settings };
  const config = { default_provider: 'house', model_providers: { house } };
  await me.home.write({ '.config/trae-cli/trae_config.json': JSON.stringify(config) });
  return me;
}

const turnPaths = ({ turns }: ModelServer): readonly string[] => turns.map(({ path }) => path);

/** Each protocol with the base URL that people have for it, and where turns are asked for then. */
const formats = [
  ['openai-chat', '/v3/router', '/v3/router/chat/completions'],
  ['openai-responses', '/v1', '/v1/responses'],
  ['anthropic', '/v3/anthropic', '/v3/anthropic/v1/messages'],
  ['anthropic', '/v3/anthropic/v1', '/v3/anthropic/v1/messages'],
  ['ollama', '', '/api/chat'],
  ['ollama', '/v1', '/api/chat'],
] as const;

describe('an endpoint of one’s own', () => {
  test.each(formats)('speaks %s at a base URL that ends in "%s"', async (apiFormat, base, path) => {
    await using server = await modelServer([{ calls: [bash('echo 4711')] }, done('It says 4711.')]);
    await using me = await personWith({ base_url: `${server.origin}${base}`, api_format: apiFormat });
    const { exitCode, stdout, stderr } = await me.run(['run', 'x']);
    expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 0, stdout: 'It says 4711.\n' });
    expect(turnPaths(server)).toEqual([path, path]);
    const [, second] = server.turns;
    expect(second && JSON.stringify(readRequest(second).steps)).toContain('4711');
  });

  test('is asked at the whole address where nothing is to be appended', async () => {
    await using server = await modelServer([done('ok')]);
    const base_url = `${server.origin}/tenant/7/chat/completions?version=2`;
    await using me = await personWith({ base_url, full_url: true });
    expect((await me.run(['run', 'x'])).exitCode).toBe(0);
    expect(turnPaths(server)).toEqual(['/tenant/7/chat/completions?version=2']);
  });

  test('may be another way of speaking to a vendor under its own name', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await person();
    const deepseek = { base_url: `${server.origin}/anthropic`, api_format: 'anthropic', api_key: key };
    const config = { default_provider: 'deepseek', model_providers: { deepseek } };
    await me.home.write({ '.config/trae-cli/trae_config.json': JSON.stringify(config) });
    const { exitCode, stderr } = await me.run(['run', 'x']);
    expect(stderr).toContain('Using deepseek');
    expect(exitCode).toBe(0);
    expect(turnPaths(server)).toEqual(['/anthropic/v1/messages']);
  });

  test('has its own bound on tool call rounds, which a flag ranks above', async () => {
    await using server = await modelServer(() => ({ calls: [bash('true')] }));
    await using me = await personWith({ base_url: server.url, max_steps: 2 });
    expect((await me.run(['run', 'x'])).stderr).toContain('--max-steps');
    expect(server.turns).toHaveLength(2);
    await me.run(['run', 'x', '--max-steps', '3']);
    expect(server.turns).toHaveLength(5);
  });

  test('has the window and the images that the person says', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await personWith({ base_url: server.url, multimodal: true, context_window: { input: 64_000 } });
    await me.workspace.write({ 'a.png': Buffer.from('iVBORw0KGgo=', 'base64') });
    const { exitCode, stderr } = await me.run(['run', 'look', '--image', 'a.png']);
    expect(stderr).not.toContain('is not known');
    expect(exitCode).toBe(0);
    const [turn] = server.turns;
    expect(turn && readRequest(turn).images).toEqual(['iVBORw0KGgo=']);
  });
});

describe('what goes wrong at gateways is told with the way out:', () => {
  test('a model without the vendor before its name', async () => {
    const json = { error: { message: '400 invalid model format', code: 400 } };
    await using server = await modelServer([{ status: 400, json }]);
    await using me = await personWith({ base_url: server.url, model: 'gpt-4o' });
    const { exitCode, stderr } = await me.run(['run', 'x']);
    expect(stderr).toContain('Put the vendor before the name of the model: --model openai/gpt-4o');
    expect(exitCode).toBe(2);
    expect(server.turns).toHaveLength(1);
  });

  test('two ways of sampling at once, of which one is given up', async () => {
    const json = { code: 4028, message: 'Error 4028: temperature and top_p cannot both be specified' };
    await using server = await modelServer([{ status: 400, json }, done('ok')]);
    await using me = await personWith({ base_url: server.url, temperature: 0.5, top_p: 0.9 });
    const { exitCode, stderr } = await me.run(['run', 'x']);
    expect(stderr).toContain('top_p is left out: the service does not accept it.');
    expect(exitCode).toBe(0);
    expect(server.turns[1]?.body).toMatchObject({ temperature: 0.5 });
    expect(server.turns[1]?.body).not.toHaveProperty('top_p');
  });

  test('variables of the environment that belong to another provider, which change nothing', async () => {
    await using server = await modelServer([done('ok')]);
    await using other = await modelServer([]);
    await using me = await personWith({ base_url: server.url });
    const env = {
      OPENAI_API_KEY: 'sk-other-0123456789',
      OPENAI_BASE_URL: other.url,
      OPENAI_CUSTOM_HEADERS: 'X-Leak: 1',
    };
    expect((await me.run(['run', 'x'], { env })).exitCode).toBe(0);
    expect(other.requests).toEqual([]);
    expect(server.turns[0]?.headers).toMatchObject({ authorization: `Bearer ${key}` });
    expect(server.turns[0]?.headers).not.toHaveProperty('x-leak');
  });

  test('a variable that sends the requests for a vendor elsewhere', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await person();
    const env = { GROQ_API_KEY: 'gsk_0123456789', GROQ_BASE_URL: server.url };
    const { stderr } = await me.run(['run', 'x', '--provider', 'groq'], { env });
    expect(stderr).toContain('GROQ_BASE_URL sends the requests for groq to another address');
  });

  test('a window that is smaller than what every request begins with', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await personWith({ base_url: server.url, context_window: 600 });
    const { exitCode, stderr } = await me.run(['run', 'x']);
    expect(stderr).toContain("the model's window of 600 leaves room for");
    expect(exitCode).toBe(4);
    expect(server.turns).toEqual([]);
  });

  test('an entry without a model at a server that lists several', async () => {
    await using server = await modelServer([], { models: ['a', 'b'] });
    await using me = await personWith({ base_url: server.url, model: '' });
    const { exitCode, stderr } = await me.run(['run', 'x']);
    expect(stderr).toMatch(/No model was named for house: its entry \(.*trae_config\.json:1\) has no "model"\./);
    expect(stderr).toContain('It offers: a, b');
    expect(exitCode).toBe(2);
  });
});

test('a model that is far too large for this machine is given no window that would not fit beside it', async () => {
  const model_info = {
    'general.architecture': 'llama',
    'general.parameter_count': 1e15,
    'llama.context_length': 131_072,
  };
  const answers = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === '/api/chat' ? 400 : 200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        request.url === '/api/show' ? { capabilities: ['completion', 'tools'], model_info } : { models: [] },
      ),
    );
  });
  await using server = await onLoopback(answers);
  await using me = await person();
  const env = { OLLAMA_HOST: server.host };
  const { stderr } = await me.run(['run', 'x', '--provider', 'ollama', '--model', 'huge'], { env });
  expect(stderr).toContain('more does not fit into the memory of this machine beside the model');
});
