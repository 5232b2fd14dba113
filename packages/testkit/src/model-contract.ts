import {
  type Clock,
  createTurn,
  type FinishedTurn,
  type Model,
  type ModelEvent,
  type ModelRequest,
  type ToolSpec,
  TraeError,
  userMessage,
} from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { type ModelServer, modelServer, type ServerAnswer } from './model-server.js';
import { testClock } from './test-clock.js';

/** Makes the model under contract. It talks to the server at `url`, keeps time by `clock` and tries again three times. */
export type ModelAt = (url: string, given: { readonly clock: Clock; readonly maxRetries: 3 }) => Promise<Model>;

type Heard = {
  readonly events: readonly ModelEvent[];
  readonly finished: FinishedTurn | undefined;
  /** What the model threw, or undefined. */
  readonly thrown: unknown;
};

const readTool: ToolSpec = {
  name: 'read',
  description: 'Reads a file.',
  inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
};

const request: ModelRequest = { instructions: 'Be brief.', messages: [userMessage('hello')], tools: [readTool] };

async function hear(model: Model, signal: AbortSignal, onEvent?: (event: ModelEvent) => void): Promise<Heard> {
  const events: ModelEvent[] = [];
  const turn = createTurn();
  let thrown: unknown;
  try {
    for await (const event of model.stream(request, signal)) {
      events.push(event);
      turn.apply(event);
      onEvent?.(event);
    }
  } catch (error) {
    thrown = error;
  }
  return { events, finished: turn.finished(model.ref), thrown };
}

class Exchange implements AsyncDisposable {
  readonly clock = testClock();
  readonly server: ModelServer;
  readonly #modelAt: ModelAt;

  constructor(server: ModelServer, modelAt: ModelAt) {
    this.server = server;
    this.#modelAt = modelAt;
  }

  model(): Promise<Model> {
    return this.#modelAt(this.server.url, { clock: this.clock, maxRetries: 3 });
  }

  async hear(signal = new AbortController().signal, onEvent?: (event: ModelEvent) => void): Promise<Heard> {
    return hear(await this.model(), signal, onEvent);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}

const contentOf = ({ finished }: Heard) => finished?.message.content;
const retriesIn = ({ events }: Heard) => events.filter((event) => event.type === 'retrying');

/** What every Model holds to, whatever the protocol it speaks. */
export function describeModelContract(name: string, modelAt: ModelAt): void {
  const exchange = async (answers: readonly ServerAnswer[]): Promise<Exchange> =>
    new Exchange(await modelServer(answers), modelAt);

  describe(`the model contract, kept by ${name}`, () => {
    describeAnswers(exchange);
    describeFailures(exchange);
    describeEnds(exchange);
  });
}

type OpenExchange = (answers: readonly ServerAnswer[]) => Promise<Exchange>;

function describeAnswers(exchange: OpenExchange): void {
  test('text is heard in pieces and ends the turn', async () => {
    await using talk = await exchange([{ text: 'Hello there, friend' }]);
    const heard = await talk.hear();
    expect(contentOf(heard)).toEqual([{ type: 'text', text: 'Hello there, friend' }]);
    expect(heard.finished?.stop).toBe('end');
    expect(heard.events.filter((event) => event.type === 'text_delta').length).toBeGreaterThan(1);
    expect(heard.events.at(-1)?.type).toBe('finished');
  });

  test('the request announces itself before anything is heard', async () => {
    await using talk = await exchange([{ text: 'Hello' }]);
    expect((await talk.hear()).events[0]?.type).toBe('requested');
  });

  test('reasoning is kept apart from text', async () => {
    await using talk = await exchange([{ reasoning: 'Let me think.', text: 'Done.' }]);
    expect(contentOf(await talk.hear())).toMatchObject([
      { type: 'reasoning', text: 'Let me think.' },
      { type: 'text', text: 'Done.' },
    ]);
  });

  test('one call has a name, an id and its arguments', async () => {
    await using talk = await exchange([{ calls: [{ name: 'read', arguments: { path: 'a.ts' } }] }]);
    const heard = await talk.hear();
    const call = { type: 'tool_call', name: 'read', arguments: '{"path":"a.ts"}', id: expect.stringMatching(/./) };
    expect(contentOf(heard)).toMatchObject([call]);
    expect(heard.finished?.stop).toBe('tool_calls');
  });

  test('parallel calls keep their order and have ids of their own', async () => {
    const paths = ['a', 'b', 'c'];
    const calls = paths.map((path) => ({ name: 'read', arguments: { path } }));
    await using talk = await exchange([{ text: 'Reading.', calls }]);
    const parts = contentOf(await talk.hear())?.filter((part) => part.type === 'tool_call') ?? [];
    expect(parts.map((part) => JSON.parse(part.arguments) as unknown)).toEqual(paths.map((path) => ({ path })));
    expect(new Set(parts.map((part) => part.id)).size).toBe(3);
  });

  test('arguments and text survive packets that end inside a character', async () => {
    const wide = 'né😀 – 漢字';
    await using talk = await exchange([
      { text: wide, calls: [{ name: 'read', arguments: { path: wide } }], packetBytes: 1 },
    ]);
    expect(contentOf(await talk.hear())).toMatchObject([
      { type: 'text', text: wide },
      { type: 'tool_call', arguments: JSON.stringify({ path: wide }) },
    ]);
  });

  test('usage is what the service says, and null where it says nothing', async () => {
    await using talk = await exchange([{ text: 'a' }, { text: 'b', usage: null }]);
    expect((await talk.hear()).finished?.usage).toMatchObject({ input: 10, output: 5 });
    expect((await talk.hear()).finished?.usage).toBeNull();
  });
}

function describeFailures(exchange: OpenExchange): void {
  const refusal = (status: number, headers: Readonly<Record<string, string>> = {}): ServerAnswer => ({
    status,
    headers,
    json: { error: { message: 'Not this time.' } },
  });

  test('401 is a rejected key, and nobody tries again', async () => {
    await using talk = await exchange([refusal(401), { text: 'never' }]);
    const { thrown, finished } = await talk.hear();
    expect(thrown).toBeInstanceOf(TraeError);
    expect(thrown).toMatchObject({ code: 'credentials_rejected', retryable: false });
    expect(finished).toBeUndefined();
    expect(talk.server.requests).toHaveLength(1);
  });

  test('429 is waited out for as long as the server asks', async () => {
    await using talk = await exchange([refusal(429, { 'retry-after': '2' }), { text: 'hello' }]);
    const heard = await talk.hear();
    expect(contentOf(heard)).toEqual([{ type: 'text', text: 'hello' }]);
    expect(retriesIn(heard)).toMatchObject([{ waitMs: 2000, reason: 'rate_limited' }]);
    expect(talk.clock.sleeps).toEqual([2000]);
  });

  test('500 is tried again, and given up after the last attempt', async () => {
    const failures = [refusal(500), refusal(500), refusal(500), refusal(500)];
    await using talk = await exchange([...failures, { text: 'never' }]);
    const heard = await talk.hear();
    expect(heard.thrown).toMatchObject({ code: 'provider_unavailable' });
    expect(retriesIn(heard)).toHaveLength(3);
    expect(talk.server.requests).toHaveLength(4);
  });

  test.each(['end', 'reset'] as const)(
    'a stream cut in half (%s) leaves no trace of its first half',
    async (breaksOff) => {
      await using talk = await exchange([{ text: 'half a', breaksOff }, { text: 'whole' }]);
      const heard = await talk.hear();
      expect(contentOf(heard)).toEqual([{ type: 'text', text: 'whole' }]);
      expect(retriesIn(heard)).toHaveLength(1);
    },
  );

  test('a stream that is always cut is an error, never a short answer', async () => {
    const half: ServerAnswer = { text: 'half a', breaksOff: 'end' };
    await using talk = await exchange([half, half, half, half]);
    expect(await talk.hear()).toMatchObject({ finished: undefined, thrown: { code: 'stream_broken' } });
  });
}

function describeEnds(exchange: OpenExchange): void {
  test('an abort ends the turn without a finish, and the server sees the client leave', async () => {
    await using talk = await exchange([{ text: 'half a', breaksOff: 'hang' }]);
    const controller = new AbortController();
    const { finished, thrown } = await talk.hear(controller.signal, (event) => {
      if (event.type === 'text_delta') controller.abort();
    });
    expect(finished).toBeUndefined();
    expect(thrown).toBeDefined();
    expect(await talk.server.requests[0]?.ended).toBe('abandoned');
    expect(talk.server.requests).toHaveLength(1);
  });

  test('leaving the loop early closes the connection', async () => {
    await using talk = await exchange([{ text: 'half a', breaksOff: 'hang' }]);
    const model = await talk.model();
    for await (const event of model.stream(request, new AbortController().signal)) {
      if (event.type === 'text_delta') break;
    }
    expect(await talk.server.requests[0]?.ended).toBe('abandoned');
  });

  test('an unknown finish reason is an end of another kind, not an exception', async () => {
    await using talk = await exchange([{ text: 'so be it', finishReason: 'sunset' }]);
    const heard = await talk.hear();
    expect(heard.finished?.stop).toBe('other');
    expect(contentOf(heard)).toEqual([{ type: 'text', text: 'so be it' }]);
  });

  test('a length limit is told, with what was said', async () => {
    await using talk = await exchange([{ text: 'so far', finishReason: 'length' }]);
    const heard = await talk.hear();
    expect(heard.finished?.stop).toBe('length');
    expect(contentOf(heard)).toEqual([{ type: 'text', text: 'so far' }]);
  });
}
