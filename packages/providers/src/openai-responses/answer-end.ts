import { isJsonObject, type JsonObject } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { type Finish, finishOf } from '../service/finish-reason.js';
import { textIn } from './read-event.js';
import { reported, tellsError } from './reported.js';

export type AnswerEnd = { readonly finish: Finish; readonly reason: string };

const terminal: ReadonlySet<string> = new Set(['completed', 'done', 'incomplete', 'failed', 'cancelled']);

/** Whether an answer with this status, or an event of this name, is the end. */
export const isTerminal = (word: string): boolean => terminal.has(word);

/** How the answer ended, by the name of the event and by its own status, the worse of which counts; throws where it failed. */
export function endOf(response: JsonObject, word: string): AnswerEnd {
  const words = [word, textIn(response, 'status')];
  if (words.includes('failed') && tellsError(response)) throw reported(response);
  const failure = ['failed', 'cancelled'].find((bad) => words.includes(bad));
  if (failure !== undefined) throw new ServiceFailure({ type: 'gave_up', reason: failure });
  if (!words.includes('incomplete')) return { finish: 'end', reason: word };
  const details = response['incomplete_details'];
  const reason = isJsonObject(details) ? textIn(details, 'reason') : undefined;
  return { finish: reason === undefined ? 'other' : finishOf(reason), reason: reason ?? 'incomplete' };
}
