import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { bash, done, person } from './cli.js';

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** A server that answers everything, and the part of a request that configuration decides. */
const server = () => modelServer(() => done('ok'));

function decided(body: unknown): Readonly<Record<string, unknown>> {
  const { messages: _messages, tools: _tools, ...rest } = body as Readonly<Record<string, unknown>>;
  return rest;
}

const namesOf = (body: unknown): readonly string[] =>
  (body as { readonly tools: readonly { readonly function: { readonly name: string } }[] }).tools.map(
    (tool) => tool.function.name,
  );

test('an existing trae_config.json works as it is', async () => {
  await using service = await server();
  await using me = await person();
  await me.home.write({
    '.config/trae-cli/trae_config.json': json({
      default_provider: 'deepseek',
      max_steps: 20,
      enable_lakeview: false,
      model_providers: {
        deepseek: {
          api_key: 'sk-real-0123456789',
          base_url: service.url,
          model: 'deepseek-chat',
          max_tokens: 4096,
          temperature: 0.5,
          top_p: 1,
          parallel_tool_calls: true,
          max_retries: 10,
        },
      },
    }),
  });
  const { exitCode, stderr } = await me.run(['run', 'x']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('deepseek deepseek-chat');
  expect(service.requests[0]?.headers.authorization).toBe('Bearer sk-real-0123456789');
  expect(decided(service.requests[0]?.body)).toMatchObject({
    model: 'deepseek-chat',
    max_tokens: 4096,
    temperature: 0.5,
  });
});

test("the original's YAML works as it is", async () => {
  await using service = await server();
  await using me = await person();
  await me.home.write({
    '.config/trae-cli/trae_config.yaml': [
      'agents:',
      '  trae_agent:',
      '    enable_lakeview: true',
      '    model: trae_agent_model',
      '    max_steps: 200',
      '    tools: [bash, str_replace_based_edit_tool, sequentialthinking, task_done]',
      'mcp_servers:',
      '  playwright: { command: npx, args: ["@playwright/mcp"] }',
      'allow_mcp_servers: [playwright]',
      'lakeview: { model: trae_agent_model }',
      'model_providers:',
      '  house:',
      '    api_key: house-key-0123456789',
      '    provider: openai',
      `    base_url: ${service.url}`,
      'models:',
      '  trae_agent_model:',
      '    model_provider: house',
      '    model: gpt-4.1',
      '    max_tokens: 4096',
      '    temperature: 0.5',
      '    top_p: 1',
      '    top_k: 0',
      '    max_retries: 10',
      '    parallel_tool_calls: true',
      '',
    ].join('\n'),
  });
  const { exitCode, stderr } = await me.run(['run', 'x']);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  for (const words of ['mcp_servers', 'lakeview', 'not built yet']) expect(stderr).toContain(words);
  expect(decided(service.requests[0]?.body)['model']).toBe('gpt-4.1');
  expect(namesOf(service.requests[0]?.body)).not.toContain('json_edit_tool');
});

describe('what is nearer wins:', () => {
  const user = (model: string, url: string) => ({
    '.config/trae-cli/trae_config.json': json({
      model_providers: { house: { base_url: url, model, temperature: 0.1, api_key: 'user-key-0123456789' } },
    }),
  });

  test('the project over the user, leaf by leaf, and a flag over both', async () => {
    await using service = await server();
    await using me = await person({ '.traerc': 'model_providers: { house: { model: from-project } }\n' });
    await me.home.write(user('from-user', service.url));
    await me.run(['run', 'x']);
    await me.run(['run', 'x', '--provider', 'house', '--model', 'from-flag']);
    expect(service.requests.map(({ body }) => decided(body))).toMatchObject([
      { model: 'from-project', temperature: 0.1 },
      { model: 'from-flag', temperature: 0.1 },
    ]);
  });

  test('the key of the environment over .env, .env over the files, the files over the login', async () => {
    await using service = await server();
    await using me = await person({ '.env': 'HOUSE_API_KEY=from-dotenv-0123\n' });
    await me.home.write(user('m', service.url));
    await me.run(['run', 'x'], { env: { HOUSE_API_KEY: 'from-environment-0123' } });
    await me.run(['run', 'x']);
    await me.workspace.write({ '.env': '' });
    await me.run(['run', 'x']);
    expect(service.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer from-environment-0123',
      'Bearer from-dotenv-0123',
      'Bearer user-key-0123456789',
    ]);
  });

  test('the nearest folder up to the git root, and nothing above it', async () => {
    await using service = await server();
    await using me = await person({
      'trae_config.json': json({ model_providers: { house: { model: 'outside' } } }),
      'repo/.git/HEAD': 'ref: refs/heads/main\n',
      'repo/trae_config.json': json({ model_providers: { house: { model: 'root' } } }),
      'repo/near/trae_config.json': json({ model_providers: { house: { model: 'near' } } }),
      'repo/near/deep/file': '',
      'repo/far/file': '',
      'bare/.git/HEAD': 'ref: refs/heads/main\n',
    });
    await me.home.write(user('from-user', service.url));
    for (const folder of ['repo/near/deep', 'repo/far', 'bare']) await me.run(['run', 'x', '-w', folder]);
    expect(service.requests.map(({ body }) => decided(body)['model'])).toEqual(['near', 'root', 'from-user']);
  });

  test('the environment over a file, said aloud', async () => {
    await using service = await server();
    await using me = await person();
    await me.home.write(user('m', 'http://127.0.0.1:9/v1'));
    const { exitCode } = await me.run(['run', 'x'], { env: { HOUSE_BASE_URL: service.url } });
    expect(exitCode).toBe(0);
  });
});

describe('a named file', () => {
  test.each([
    ['--config-file', (path: string) => ({ args: ['--config-file', path], env: {} })],
    ['TRAE_CONFIG_FILE', (path: string) => ({ args: [], env: { TRAE_CONFIG_FILE: path } })],
  ])('by %s is read instead of the one that would be found', async (_name, naming) => {
    await using service = await server();
    await using me = await person({ 'trae_config.json': json({ model_providers: { house: { model: 'found' } } }) });
    await me.home.write({
      'my.json': json({ model_providers: { house: { base_url: service.url, model: 'named' } } }),
    });
    const { args, env } = naming(me.home.path('my.json'));
    await me.run(['run', 'x', ...args], { env });
    expect(service.requests.map(({ body }) => decided(body)['model'])).toEqual(['named']);
  });

  test('that is not there is an error that names it', async () => {
    await using me = await person();
    const { exitCode, stderr } = await me.run(['run', 'x', '--config-file', 'nowhere.json']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('nowhere.json');
  });

  test('that is empty as a flag is a mistake', async () => {
    await using me = await person();
    expect((await me.run(['show-config', '--config-file', ''])).stderr).toContain('--config-file is empty');
  });
});

describe('settings of a provider reach the request:', () => {
  type Case = readonly [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];

  test.each<Case>([
    ['sampling', { temperature: 0.2, top_k: 40, max_tokens: 99 }, { temperature: 0.2, top_k: 40, max_tokens: 99 }],
    ['no parallel calls', { parallel_tool_calls: false }, { parallel_tool_calls: false }],
    ['no stream', { stream: false }, { stream: false }],
    ['an effort', { reasoning_effort: 'high' }, { reasoning_effort: 'high' }],
  ])('%s', async (_name, settings, sent) => {
    await using service = await server();
    await using me = await person();
    const file = json({ model_providers: { house: { base_url: service.url, model: 'm', ...settings } } });
    await me.home.write({ '.config/trae-cli/trae_config.json': file });
    expect((await me.run(['run', 'x'])).exitCode).toBe(0);
    expect(decided(service.requests[0]?.body)).toMatchObject(sent);
  });

  test('headers, and an address that is used as it is', async () => {
    await using service = await server();
    await using me = await person();
    const house = { base_url: `${service.origin}/odd/path`, full_url: true, model: 'm', headers: { 'X-Team': 'blue' } };
    await me.home.write({ '.config/trae-cli/trae_config.json': json({ model_providers: { house } }) });
    expect((await me.run(['run', 'x'])).exitCode).toBe(0);
    expect(service.requests.map(({ path, headers }) => [path, headers['x-team']])).toEqual([['/odd/path', 'blue']]);
  });

  test('max_steps, which the default of the flag does not override', async () => {
    await using service = await modelServer(() => ({ calls: [bash('true')] }));
    await using me = await person({ '.traerc': 'max_steps: 2\n' });
    const { exitCode } = await me.run(['run', 'x', '--model-base-url', service.url, '--model', 'm']);
    expect([exitCode, service.requests.length]).toEqual([1, 2]);
  });
});

describe('which tools the model is given', () => {
  async function toolsSent(file: string, args: readonly string[]): Promise<readonly string[]> {
    await using service = await server();
    await using me = await person({ '.traerc': file });
    await me.run(['run', 'x', '--model-base-url', service.url, '--model', 'm', ...args]);
    return namesOf(service.requests[0]?.body);
  }

  test.each<readonly [string, string, readonly string[], readonly string[]]>([
    [
      'all of them',
      '',
      [],
      ['bash', 'str_replace_based_edit_tool', 'json_edit_tool', 'sequentialthinking', 'task_done'],
    ],
    ['those of the file', 'tools: [bash]\n', [], ['bash', 'task_done']],
    ['those of the flag', 'tools: [bash]\n', ['--allowed-tools', 'json_edit_tool'], ['json_edit_tool', 'task_done']],
    [
      'all but those of the flag',
      'tools: [bash, json_edit_tool]\n',
      ['--disallowed-tools', 'bash'],
      ['json_edit_tool', 'task_done'],
    ],
  ])('%s', async (_name, file, args, expected) => {
    expect(await toolsSent(file, args)).toEqual(expected);
  });

  test('a name that is no tool is an error with a suggestion', async () => {
    await using me = await person({ '.traerc': 'tools: [bsah]\n' });
    const inFile = await me.run(['tools']);
    expect(inFile.exitCode).toBe(2);
    expect(inFile.stderr).toContain('Did you mean bash?');
    expect(inFile.stderr).toContain('.traerc:1');
    const inFlag = await me.run(['tools', '--allowed-tools', 'bash', '--disallowed-tools', 'bash']);
    expect(inFlag.stderr).toContain('bash is both allowed and disallowed');
  });
});

test('a variable in a configuration of one’s own is replaced', async () => {
  await using service = await server();
  await using me = await person();
  const house = { base_url: '${HOUSE_HOST}/v1', model: 'm', api_key: '${HOUSE_TOKEN}' };
  await me.home.write({ '.config/trae-cli/trae_config.json': json({ model_providers: { house } }) });
  await me.run(['run', 'x'], { env: { HOUSE_HOST: service.origin, HOUSE_TOKEN: 'house-key-0123456789' } });
  expect(service.requests[0]?.headers.authorization).toBe('Bearer house-key-0123456789');
});

test('commands do not see what keys are taken from, unless pass_env lets it through', async () => {
  const answers = () => modelServer([{ calls: [bash('echo "[$HOUSE_TOKEN][$OTHER_TOKEN]"')] }, done('ok')]);
  const told = async (passEnv: readonly string[]): Promise<string> => {
    await using service = await answers();
    await using me = await person();
    const house = {
      base_url: service.url,
      model: 'm',
      api_key: '${HOUSE_TOKEN}',
      headers: { 'X-K': '${OTHER_TOKEN}' },
    };
    await me.home.write({
      '.config/trae-cli/trae_config.json': json({ model_providers: { house }, pass_env: passEnv }),
    });
    await me.run(['run', 'x'], { env: { HOUSE_TOKEN: 'short', OTHER_TOKEN: 'tiny' } });
    return JSON.stringify(service.requests[1]?.body);
  };
  expect(await told([])).toContain('[][]');
  expect(await told(['OTHER_TOKEN'])).toContain('[][tiny]');
});
