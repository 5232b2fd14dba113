import {
  type AgentEvent,
  callsOf,
  type FinishedTurn,
  type RunOutcome,
  stopReasonOf,
  type Usage,
} from '@trae-cli/protocol';
import { answerWithoutRunning } from './calls/answer-calls.js';
import { askModel } from './ask-model.js';
import { added, failed, type Run, type Step, stopped } from './run-state.js';
import { Scope } from './scope.js';
import { messageSize } from './conversation/message-size.js';
import { settleTurn } from './settle-turn.js';
import { wording } from './wording.js';

/** Fewer than any tokenizer needs for prose or code. */
const charactersPerToken = 3;

export type StepResult =
  /** A run that has no outcome yet goes on. */
  | { readonly isFinished: true; readonly outcome?: RunOutcome }
  /** No whole turn came of the model call: the run is over. */
  | { readonly isFinished: false; readonly outcome: RunOutcome };

/** One model call and the answers to its tool calls. */
export async function* takeStep(run: Run, number: number): AsyncGenerator<AgentEvent, StepResult> {
  const scope = new Scope(run.options.signal);
  const step: Step = { run, number, scope };
  try {
    yield { type: 'step_started', step: number };
    const asked = yield* askModel(step);
    if (asked.status === 'failed') {
      yield asked.called;
      return { isFinished: false, outcome: cancellationOf(scope) ?? failed(asked.error) };
    }
    const { turn, called } = asked;
    const sentTokens = run.conversation.estimatedTokens;
    yield added(run, number, turn.message);
    yield called;
    const settled = scope.isAborted ? yield* abortedTurn(step, turn) : yield* settleTurn(step, turn);
    yield { type: 'step_finished', step: number, stop: turn.stop, usage: turn.usage };
    const overspent = run.budget.spend(turn.usage, estimatedUsage(sentTokens, turn));
    const outcome = settled ?? cancellationOf(scope) ?? (overspent === undefined ? undefined : failed(overspent));
    return { isFinished: true, ...(outcome === undefined ? {} : { outcome }) };
  } finally {
    scope.close();
  }
}

/** What a turn took where the service does not say: an estimate on the safe side. */
const estimatedUsage = (input: number, { message }: FinishedTurn): Usage => ({
  input,
  output: Math.ceil(messageSize(message) / charactersPerToken),
  reasoning: 0,
  cacheRead: 0,
  cacheWrite: 0,
});

const cancellationOf = (scope: Scope): RunOutcome | undefined =>
  scope.isAborted ? stopped(stopReasonOf(scope.signal)) : undefined;

/** The turn came whole, but nobody waits for what follows from it. */
async function* abortedTurn(step: Step, { message }: FinishedTurn): AsyncGenerator<AgentEvent, undefined> {
  yield* answerWithoutRunning(step, callsOf(message), wording.cancelled);
}
