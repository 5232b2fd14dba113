import type {
  JsonObject,
  JsonValue,
  ModelEvent,
  ModelInfo,
  ModelRequest,
  PullProgress,
  Usage,
} from '@trae-cli/protocol';
import type { Dialect } from '../dialect.js';
import type { Endpoint } from '../endpoint.js';
import type { ModelSettings, NetworkSettings } from '../entry.js';
import type { Client } from '../transport/client.js';
import type { Framing } from '../transport/read-answer.js';
import type { ServerEvent } from '../transport/server-events.js';
import type { FindRepair, Synonyms } from './find-repair.js';
import type { Form } from './repair.js';
import type { Reader, RequestBody } from './request-body.js';
import type { Target } from './target.js';

export type Parameters = Form & {
  /** What the person should know of what is sent and what is not. */
  readonly notices: readonly string[];
};

/** One request that has been sent, as those who hear the answer need to know it. */
export type Sent = {
  readonly request: ModelRequest;
  readonly parameters: JsonObject;
  readonly adaptations: Form['adaptations'];
  /** Of the whole body. */
  readonly bytes: number;
};

export type DecodeOptions = {
  readonly dialect: Dialect;
  readonly sent: Sent;
  /** The limit that was sent, in tokens: some servers do not say that they stopped at it. */
  readonly maxOutput: number | undefined;
  readonly contextWindow: number | null;
  readonly mintId: () => string;
  /** Whether an id is in the conversation already. */
  readonly isTaken: (id: string) => boolean;
};

/** One turn: server events in, model events out. What is said before a failure has been yielded when it is thrown. */
export interface TurnDecoder {
  /** Nothing that matters can follow. */
  readonly hasEnded: boolean;
  /** The turn is whole, though usage may still come. */
  readonly isComplete: boolean;
  decode(batch: readonly ServerEvent[]): Iterable<ModelEvent>;
  /** The service has stopped in the midst of the turn, and goes on when it gets back what it has said. */
  readonly isPaused?: boolean;
  /** What is decoded next is the rest of the same turn. */
  resume?(): void;
  /** The end of the turn, `finished` last; throws where it is none. */
  finish(): Iterable<ModelEvent>;
}

/** What a service has said of one of its models before the first turn; ranks above the catalog and below the person. */
export type ModelFacts = {
  readonly contextWindow?: number;
  readonly images?: boolean;
  readonly tools?: boolean;
  readonly reasoning?: boolean;
  readonly parameters?: Readonly<Record<string, JsonValue>>;
  readonly notices?: readonly string[];
};

export type Asking = {
  readonly client: Client;
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
};

export type AskingAbout = Asking & {
  readonly model: string;
  readonly settings: ModelSettings;
  /** What the catalog knows of the window, in tokens. */
  readonly knownWindow: number | undefined;
  readonly keepAlive: string | number | undefined;
  readonly machineMemory: number | undefined;
};

/** One wire format: how turns are asked for and heard. Everything around that is the same for all of them. */
export interface Protocol {
  readonly framing: Framing;
  load(endpoint: Endpoint, network: NetworkSettings | undefined): Promise<Client>;
  parametersFor(target: Target, request: ModelRequest): Parameters;
  createBody(reader: Reader): RequestBody;
  createDecoder(options: DecodeOptions): TurnDecoder;
  /** Headers of one request, beside those that the client always sends. */
  headersFor?(target: Target, form: Form): Readonly<Record<string, string>>;
  /** Asked before the repairs that all share. */
  readonly findRepair?: FindRepair;
  /** Parameters that services know by one name or by the other. */
  readonly synonyms?: Synonyms;
  /** Throws where the service cannot be asked. */
  listModels(asking: Asking): Promise<readonly ModelInfo[]>;
  /** What a key is checked at, where the entry does not say. */
  readonly keyCheckPath: string;
  askAbout?(asking: AskingAbout): Promise<ModelFacts>;
  /** Looks at a turn that is whole, before anybody hears of it. Throws a ServiceFailure where it must not count. */
  verifyTurn?(
    asking: Asking & { readonly target: Target },
    sent: Sent,
    usage: Usage | null,
  ): Promise<readonly string[]>;
  pull?(asking: Asking, model: string): AsyncIterable<PullProgress>;
}
