import { createTurn, type ModelEvent, type ModelRequest } from '@trae-cli/protocol';
import { turnUrl } from '../endpoint.js';
import type { Pace } from '../pace/pace.js';
import type { Client } from '../transport/client.js';
import { hearTurn } from './hear-turn.js';
import type { Parameters, Protocol, TurnDecoder } from './protocol.js';
import type { RequestBody } from './request-body.js';
import type { Target } from './target.js';

/** How often one turn is sent again so that a service goes on which has paused in the midst of it. */
const mostPauses = 5;

type Exchange = {
  readonly protocol: Protocol;
  readonly target: Target;
  readonly pace: Pace;
  readonly client: Client;
  readonly body: RequestBody;
  readonly signal: AbortSignal;
};

type Encoded = { readonly request: ModelRequest & Parameters; readonly bytes: Uint8Array };

/** The turn, in one answer, or in several where the service pauses and gets back what it has said so far. */
export async function* hearAnswers(
  decoder: TurnDecoder,
  encoded: Encoded,
  { body, client, pace, protocol, signal, target }: Exchange,
): AsyncGenerator<ModelEvent, void> {
  const { request } = encoded;
  const url = turnUrl(target.endpoint, target.apiFormat);
  const headers = protocol.headersFor?.(target, request) ?? {};
  const turn = createTurn();
  let { bytes } = encoded;
  for (let pauses = 0; ; pauses += 1) {
    const response = await client.post(url, bytes, { signal, headers });
    pace.hear(response.answerHeaders);
    for await (const event of hearTurn(response, decoder, protocol.framing)) {
      if (decoder.resume !== undefined) turn.apply(event);
      yield event;
    }
    if (decoder.isPaused !== true) return;
    if (pauses === mostPauses) break;
    decoder.resume?.();
    bytes = body.encode({ ...request, messages: [...request.messages, turn.message(target.ref)] });
  }
  yield* decoder.finish();
}
