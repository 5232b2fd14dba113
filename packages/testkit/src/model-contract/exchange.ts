import {
  type Clock,
  createTurn,
  type FinishedTurn,
  type Model,
  type ModelEvent,
  type ModelRequest,
  type StopReason,
  type ToolSpec,
  userMessage,
} from '@trae-cli/protocol';
import { readRequest } from '../asked/read-request.js';
import type { AskedTurn } from '../asked/asked-turn.js';
import { type ModelServer, modelServer, type ServerScript } from '../model-server.js';
import { testClock } from '../test-clock.js';

/**
 * Makes the model under contract. It talks to the server at `url`, which is `origin` with `/v1` behind it, keeps time by
 * `clock` and tries again three times.
 */
export type ModelAt = (
  url: string,
  given: { readonly clock: Clock; readonly maxRetries: 3; readonly origin: string },
) => Promise<Model>;

/** Where protocols may differ. */
export type ContractOptions = {
  /**
   * What a finish reason that nobody knows is taken for. Default: `other`, in all protocols that have a word for it. A
   * protocol whose reasons tell nothing about the answer may say `end`.
   */
  readonly unknownFinish?: StopReason;
  /** False for a protocol or a model without texts that end the answer: none are sent then. Default: true. */
  readonly sendsStop?: boolean;
};

export type Heard = {
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

export const plainRequest: ModelRequest = {
  instructions: 'Be brief.',
  messages: [userMessage('hello')],
  tools: [readTool],
};

type Listening = {
  /** What differs from `plainRequest`. */
  readonly request?: Partial<ModelRequest>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ModelEvent) => void;
};

/** A model and the server that it talks to. */
export class Exchange implements AsyncDisposable {
  readonly clock = testClock();
  readonly server: ModelServer;
  readonly #modelAt: ModelAt;
  #model: Promise<Model> | undefined;

  constructor(server: ModelServer, modelAt: ModelAt) {
    this.server = server;
    this.#modelAt = modelAt;
  }

  /** The same one every time. */
  model(): Promise<Model> {
    const { origin, url } = this.server;
    this.#model ??= this.#modelAt(url, { clock: this.clock, maxRetries: 3, origin });
    return this.#model;
  }

  async hear({ request = {}, signal = new AbortController().signal, onEvent }: Listening = {}): Promise<Heard> {
    const model = await this.model();
    const events: ModelEvent[] = [];
    const turn = createTurn();
    let thrown: unknown;
    try {
      for await (const event of model.stream({ ...plainRequest, ...request }, signal)) {
        events.push(event);
        turn.apply(event);
        onEvent?.(event);
      }
    } catch (error) {
      thrown = error;
    }
    return { events, finished: turn.finished(model.ref), thrown };
  }

  /** What the server was asked in the turn with this number, the first being 0; throws where it would have refused. */
  asked(turn: number): AskedTurn {
    const request = this.server.turns[turn];
    if (request === undefined) throw new Error(`The server was asked for ${this.server.turns.length} turns.`);
    return readRequest(request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}

export type OpenExchange = (script: ServerScript) => Promise<Exchange>;

export const exchangeWith =
  (modelAt: ModelAt): OpenExchange =>
  async (script) =>
    new Exchange(await modelServer(script), modelAt);

export const contentOf = ({ finished }: Heard) => finished?.message.content;
export const callsIn = (heard: Heard) => contentOf(heard)?.filter((part) => part.type === 'tool_call') ?? [];
export const retriesIn = ({ events }: Heard) => events.filter((event) => event.type === 'retrying');
