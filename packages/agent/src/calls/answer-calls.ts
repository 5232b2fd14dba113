import type { AgentEvent, RunOutcome, ToolCallPart } from '@trae-cli/protocol';
import { type Answer, answerMessage, errorAnswer } from './answer.js';
import { batchesOf } from './batch.js';
import { type Answers, execute } from './execute.js';
import { prepareCall, type PreparedCall } from './prepare-call.js';
import { added, type Step } from '../run-state.js';
import { wording } from '../wording.js';

/**
 * Runs the calls of a turn and answers every one of them, in the order asked. Once a call has declared the task done,
 * or the run is aborted, the rest is answered without being run.
 */
export async function* answerCalls(
  step: Step,
  calls: readonly ToolCallPart[],
): AsyncGenerator<AgentEvent, RunOutcome | undefined> {
  const { toolbox } = step.run;
  const batches = batchesOf(calls, (call) => toolbox.effectOf(call.name, call.arguments));
  for (const [index, batch] of batches.entries()) {
    const completion = completionIn(yield* answerBatch(step, batch));
    if (completion === undefined) continue;
    yield* answerWithoutRunning(step, batches.slice(index + 1).flat(), wording.afterCompletion);
    return completion.outcome;
  }
  return undefined;
}

export async function* answerWithoutRunning(
  step: Step,
  calls: readonly ToolCallPart[],
  reason: string,
): AsyncGenerator<AgentEvent, void> {
  for (const call of calls) yield added(step.run, step.number, answerMessage(call, errorAnswer(reason)));
}

async function* answerBatch(step: Step, batch: readonly ToolCallPart[]): AsyncGenerator<AgentEvent, Answers> {
  const prepared: PreparedCall[] = [];
  for (const call of batch) prepared.push(yield* prepareCall(step, call));
  if (prepared.length === 1 || prepared.every((call) => isStillRead(step, call))) return yield* execute(step, prepared);
  const answers: Answer[] = [];
  for (const call of prepared) answers.push(...(yield* execute(step, [call])));
  return answers;
}

/** Whoever approved a read may have made something else of it. */
const isStillRead = (step: Step, prepared: PreparedCall): boolean =>
  prepared.kind === 'refused' || step.run.toolbox.effectOf(prepared.call.name, prepared.arguments) === 'read';

const completionIn = (answers: Answers) => answers.find((answer) => answer.completion !== undefined)?.completion;
