import type { ModelEvent } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import type { GuardedResponse } from '../transport/guarded-fetch.js';
import { type Framing, readAnswer } from '../transport/read-answer.js';
import { coalesced } from './coalesced.js';
import type { TurnDecoder } from './protocol.js';

/** Once the finish reason is there, only usage and the end mark can follow. */
const afterFinishMs = 3000;
/** Once the end mark is there, reading on serves only to use the connection again. */
const afterEndMarkMs = 100;

const isLostConnection = (error: unknown): boolean =>
  error instanceof ServiceFailure && (error.failure.type === 'broken' || error.failure.type === 'silent');

/** The end of the turn; of one that has only paused there is none to tell. */
function* toldEnd(decoder: TurnDecoder, whole: string | undefined): Generator<ModelEvent, void> {
  if (decoder.isPaused === true) return;
  try {
    for (const event of decoder.finish())
      yield whole !== undefined && event.type === 'finished' ? { ...event, isStreamed: false } : event;
  } catch (error) {
    // All of it has come, and it was no answer.
    const isTruncated = error instanceof ServiceFailure && error.failure.type === 'truncated';
    throw isTruncated && whole !== undefined ? new ServiceFailure({ type: 'malformed', text: whole }) : error;
  }
}

/**
 * The events of one turn, to its very end, or until the service pauses: a turn that is whole may lose its connection, any
 * other may not.
 */
export async function* hearTurn(
  response: GuardedResponse,
  decoder: TurnDecoder,
  framing: Framing = 'events',
): AsyncGenerator<ModelEvent, void> {
  let isClosing = false;
  let isTold = false;
  let whole: string | undefined;
  try {
    for await (const batch of readAnswer(response, framing)) {
      if (isTold) continue;
      whole ??= batch.find(({ isWhole }) => isWhole)?.data;
      for (const said of coalesced(decoder.decode(batch))) yield said;
      if (decoder.hasEnded) {
        yield* toldEnd(decoder, whole);
        isTold = true;
        response.endWithin(afterEndMarkMs);
      } else if (decoder.isComplete && !isClosing) {
        isClosing = true;
        response.endWithin(afterFinishMs);
      }
    }
  } catch (error) {
    if (!decoder.isComplete || !isLostConnection(error)) throw error;
  }
  if (!isTold) yield* toldEnd(decoder, whole);
}
