import {
  type AgentEvent,
  callsOf,
  type FinishedTurn,
  type RunOutcome,
  textOf,
  TraeError,
  userMessage,
} from '@trae-cli/protocol';
import { answerCalls, answerWithoutRunning } from './calls/answer-calls.js';
import { added, failed, type Step, stopped } from './run-state.js';
import { verifyCompletion } from './verify.js';
import { wording } from './wording.js';

type Settled = AsyncGenerator<AgentEvent, RunOutcome | undefined>;

/** What follows from a whole turn. Undefined: the run goes on. Why it stopped matters only where it was cut short. */
export async function* settleTurn(step: Step, turn: FinishedTurn): Settled {
  const calls = callsOf(turn.message);
  const { patience } = step.run;
  if (turn.stop === 'filtered') return yield* filteredTurn(step, turn);
  if (turn.stop === 'length') return yield* truncatedTurn(step, turn);
  patience.truncated.restore();
  const text = textOf(turn.message.content);
  if (calls.length === 0 && text.trim() === '') return yield* emptyTurn(step);
  patience.empty.restore();
  return calls.length > 0 ? yield* answerCalls(step, calls) : yield* spokenTurn(step, text);
}

async function* filteredTurn(step: Step, { message }: FinishedTurn): Settled {
  yield* answerWithoutRunning(step, callsOf(message), wording.filtered);
  return failed(
    new TraeError('answer_filtered', 'The service stopped the answer by a content filter.', {
      hint: 'Put the task in other words, or choose another model.',
    }),
  );
}

async function* truncatedTurn(step: Step, { message }: FinishedTurn): Settled {
  const calls = callsOf(message);
  yield* answerWithoutRunning(step, calls, wording.truncated);
  if (!step.run.patience.truncated.spend()) return failed(truncatedTooOften());
  if (calls.length === 0) yield added(step.run, step.number, userMessage(wording.goOnInPieces));
  return undefined;
}

const truncatedTooOften = (): TraeError =>
  new TraeError('answer_truncated', 'Three answers in a row were cut off at their length limit.', {
    hint: 'Raise max_tokens, or choose a model that may answer at greater length.',
  });

async function* emptyTurn(step: Step): Settled {
  const { options, patience } = step.run;
  if (options.nudge === undefined) return { status: 'completed', summary: '' };
  if (!patience.empty.spend()) return stopped('no_answer');
  yield added(step.run, step.number, userMessage(options.nudge));
  return undefined;
}

/** Words without a call declare the task done. */
async function* spokenTurn(step: Step, text: string): Settled {
  const verified = await verifyCompletion(step.run, text);
  if (verified.status !== 'refused') return verified.outcome;
  yield added(step.run, step.number, userMessage(verified.reason));
  return undefined;
}
