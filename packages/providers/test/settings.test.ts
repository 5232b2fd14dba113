import { Secret } from '@trae-cli/protocol';
import { catalog, createRegistry, type ProviderSettings } from '@trae-cli/providers';
import { modelServer, type RawAnswer, testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, askingWith, canaryKey, conversation, hear, modelAt, never, told } from './conversation.js';

const provider = (id: string, settings: ProviderSettings) =>
  createRegistry(catalog, { clock: testClock(), random: () => 0.5 }).provider(id, {
    apiKey: new Secret(canaryKey, 'test'),
    ...settings,
  });

describe('an address that is used as it is', () => {
  test.each(['/chat', '/v1/chat/completions', '/openai/deployments/d/chat/completions?api-version=2024-10-21'])(
    'asks at %s and nowhere else',
    async (path) => {
      await using server = await modelServer([{ text: 'Fine.' }]);
      const model = await modelAt(`${server.origin}${path}`, { settings: { fullUrl: true } });
      expect(await hear(model, asking('hello'))).toMatchObject({ text: 'Fine.', error: undefined });
      expect(server.requests.map((request) => request.path)).toEqual([path]);
    },
  );

  test('is shown in errors without its query, which may hold a key', async () => {
    await using server = await modelServer(() => ({ headers: { 'content-type': 'text/html' }, body: '<html></html>' }));
    const address = `${server.origin}/chat?code=opensesame`;
    const heard = await hear(await modelAt(address, { settings: { fullUrl: true } }), asking('hello'));
    expect(told(heard)).toContain(`${server.origin}/chat answered with a web page`);
    expect(told(heard)).toContain('full_url is set');
    expect(told(heard)).not.toContain('opensesame');
  });

  test('has neither a list of models nor anything to check a key at', async () => {
    const house = provider('openai_compatible', { baseUrl: 'http://127.0.0.1:1/chat', fullUrl: true });
    await expect(house.listModels(never)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/cannot be asked to list its models: full_url is set/),
      hint: expect.stringContaining('--model'),
    });
    await expect(house.checkKey(never)).rejects.toMatchObject({ message: expect.stringContaining('check its key') });
  });

  test('has to be given', () => {
    expect(() => provider('groq', { fullUrl: true })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringContaining('full_url is set for "groq"'),
      }),
    );
  });
});

describe('an answer in one piece', () => {
  const settings = { stream: false };

  test('is asked for and read', async () => {
    const calls = [{ name: 'read', arguments: { path: 'x' } }];
    await using talk = await conversation([{ text: 'Reading.', reasoning: 'Hm.', calls }], { settings });
    const heard = await talk.hear();
    expect(talk.bodies[0]).toMatchObject({ stream: false });
    expect(talk.bodies[0]).not.toHaveProperty('stream_options');
    expect(heard).toMatchObject({ reasoning: 'Hm.', text: 'Reading.', stop: 'tool_calls', error: undefined });
    expect(heard.calls).toMatchObject([{ name: 'read', arguments: '{"path":"x"}' }]);
    expect(heard.usage).toMatchObject({ input: 10, output: 5 });
  });

  test.each([
    'This model only support stream mode, please enable the stream parameter to access the model.',
    'parameter.enable_thinking must be set to false for non-streaming calls',
  ])('is given up where the model has none to give: %s', async (message) => {
    const refusal: RawAnswer = { status: 400, json: { error: { message, code: 'invalid_parameter_error' } } };
    await using talk = await conversation([refusal, { text: 'a' }, { text: 'b' }], { settings, entry: 'alibaba' });
    const { events, text } = await talk.hear();
    expect(text).toBe('a');
    expect(events.filter((event) => event.type === 'noticed')).toEqual([
      { type: 'noticed', message: 'stream is set to true: the service asks for it.' },
    ]);
    await talk.hear();
    expect(talk.bodies.map((body) => body['stream'])).toEqual([false, true, true]);
  });

  test('that is no answer is an error, not an empty one', async () => {
    await using talk = await conversation(() => ({ json: { id: 'c', choices: [] } }), { settings });
    expect((await talk.hear()).error).toMatchObject({ code: 'provider_protocol', retryable: true });
  });
});

describe('what the person knows better than the catalog', () => {
  const image = { type: 'image', mediaType: 'image/png', base64: 'QUJD' } as const;
  const looking = askingWith([{ role: 'user', content: [{ type: 'text', text: 'look' }, image] }]);

  test.each<readonly [boolean, string]>([
    [true, 'openai/gpt-oss-120b'],
    [false, 'qwen/qwen3.8-27b'],
  ])('whether the model reads images: %s', async (multimodal, model) => {
    await using talk = await conversation([{ text: 'Fine.' }], { entry: 'groq', model, settings: { multimodal } });
    await talk.hear(looking);
    expect(talk.model.traits.images).toBe(multimodal);
    expect(JSON.stringify(talk.bodies[0]).includes('QUJD')).toBe(multimodal);
  });

  test('the size of the window and of the longest answer', async () => {
    await using talk = await conversation([{ text: 'Fine.' }], {
      entry: 'deepseek',
      model: 'deepseek-flash',
      settings: { contextWindow: 64_000, maxOutput: 8000 },
    });
    const { events } = await talk.hear(asking('hello', { sampling: { maxOutput: 32_000 } }));
    expect(events).toContainEqual({
      type: 'noticed',
      message: 'max_tokens is lowered to 8000: deepseek-flash writes no more in one answer.',
    });
    expect(talk.model.traits.contextWindow).toBe(64_000);
    expect(talk.bodies[0]).toMatchObject({ max_tokens: 8000 });
  });

  test('what the service is called', async () => {
    await using talk = await conversation([{ status: 404, json: { error: { message: 'no such model' } } }], {
      entry: 'openai_compatible',
      settings: { displayName: 'The House' },
    });
    expect(told(await talk.hear())).toContain('The House may list it differently');
  });

  test('a header, in whatever case it is written', async () => {
    await using talk = await conversation([{ text: 'Fine.' }], {
      settings: { headers: { authorization: 'Basic dHJhZQ==', 'user-agent': 'house' } },
    });
    await talk.hear();
    expect(talk.server.requests[0]?.headers).toMatchObject({ authorization: 'Basic dHJhZQ==', 'user-agent': 'house' });
  });
});
