import type { ModelEvent } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import type { GuardedResponse } from '../transport/guarded-fetch.js';
import { readAnswer } from '../transport/read-answer.js';
import type { ChatDecoder } from './decode.js';

/** Once the finish reason is there, only usage and the end mark can follow. */
const afterFinishMs = 3000;
/** Once the end mark is there, reading on serves only to use the connection again. */
const afterEndMarkMs = 100;

const isLostConnection = (error: unknown): boolean =>
  error instanceof ServiceFailure && (error.failure.type === 'broken' || error.failure.type === 'silent');

/** The events of one turn, to its very end: a turn that is whole may lose its connection, any other may not. */
export async function* hearTurn(response: GuardedResponse, decoder: ChatDecoder): AsyncGenerator<ModelEvent, void> {
  let isClosing = false;
  let isTold = false;
  try {
    for await (const batch of readAnswer(response)) {
      if (isTold) continue;
      for (const said of decoder.decode(batch)) yield said;
      if (decoder.hasEnded) {
        yield* decoder.finish();
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
  if (!isTold) yield* decoder.finish();
}
