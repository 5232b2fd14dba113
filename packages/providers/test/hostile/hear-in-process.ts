import { createTurn, type FinishedTurn, type ModelEvent, type TraeError } from '@trae-cli/protocol';
import { plainDialect } from '@trae-cli/providers';
import type { Endpoint } from '../../src/endpoint.js';
import { type Failure, ServiceFailure } from '../../src/errors/failure.js';
import { translate, type Translation } from '../../src/errors/translate.js';
import { ChatDecoder } from '../../src/openai-compatible/decode.js';
import { hearTurn } from '../../src/service/hear-turn.js';
import type { Protocol } from '../../src/service/protocol.js';
import { GuardedResponse } from '../../src/transport/guarded-fetch.js';
import { SilenceWatch } from '../../src/transport/silence.js';

const endpoint: Endpoint = {
  provider: 'plain',
  displayName: 'Plain',
  baseUrl: 'http://127.0.0.1:1/v1',
  fullUrl: undefined,
  isPrivate: true,
  key: undefined,
  keyHeader: undefined,
  isKeyHeaderChosen: false,
  keyUrl: undefined,
  keyVariable: undefined,
  headers: {},
  limits: { headersMs: undefined, idleMs: undefined },
  advice: {},
};

export type HeardInProcess = {
  readonly events: readonly ModelEvent[];
  readonly turn: FinishedTurn | undefined;
  /** As people would read it; undefined where the turn came whole. */
  readonly error: TraeError | undefined;
};

export const translated = (failure: Failure): Translation =>
  translate(failure, { endpoint, apiFormat: 'openai-chat', model: 'm', quotaIsRate: false });

function explained(thrown: unknown): TraeError {
  if (thrown instanceof ServiceFailure) return translated(thrown.failure).error;
  throw thrown;
}

/** What is needed of a protocol to hear a turn. */
export type Speech = Pick<Protocol, 'createDecoder' | 'framing'> & { readonly contentType: string };

const chat: Speech = {
  createDecoder: (options) => new ChatDecoder(options),
  framing: 'events',
  contentType: 'text/event-stream',
};

/** One turn from packets, by everything but the socket. Throws what the program would take for a bug of its own. */
export async function hearInProcess(
  packets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { createDecoder, framing, contentType }: Speech = chat,
): Promise<HeardInProcess> {
  let minted = 0;
  const decoder = createDecoder({
    dialect: plainDialect,
    sent: { request: { instructions: '', messages: [], tools: [] }, parameters: {}, adaptations: [], bytes: 0 },
    maxOutput: undefined,
    contextWindow: 8192,
    mintId: () => `minted_${(minted += 1)}`,
    isTaken: () => false,
  });
  const bytes = (async function* () {
    yield* packets;
  })();
  const response = new GuardedResponse(
    { status: 200, headers: { 'content-type': contentType } },
    bytes,
    new SilenceWatch(() => undefined),
  );
  const events: ModelEvent[] = [];
  const fold = createTurn();
  let error: TraeError | undefined;
  try {
    for await (const event of hearTurn(response, decoder, framing)) {
      events.push(event);
      fold.apply(event);
    }
  } catch (thrown) {
    error = explained(thrown);
  }
  return { events, turn: fold.finished({ provider: 'plain', model: 'm' }), error };
}
