import {
  type AgentEvent,
  type RunOutcome,
  stopReasonOf,
  textOf,
  type UserMessage,
  userMessage,
} from '@trae-cli/protocol';
import type { AgentOptions } from './options.js';
import { repairHistory } from './calls/repair-history.js';
import { added, failed, openRun, type Run, stopped } from './run-state.js';
import { takeStep } from './step.js';

/**
 * Runs a task: asks the model, answers its calls, repeats, and tells what happens as events, the last of which is
 * `run_finished`. Failure is an outcome, never an exception. Leaving the `for await` aborts what runs and waits for it.
 *
 * The durable events come in this order, so that a record cut anywhere folds to a conversation in which at most the
 * last turn has calls without answers, and those are its last calls:
 *
 *     run_started, message_added (answers to calls that `history` left open), message_added (the task)
 *     per step:  step_started, history_pruned?, message_added (the turn), model_called,
 *                per batch of calls: approval_decided*, tool_started*, then as they end tool_finished and,
 *                in the order asked, message_added (the answer);
 *                message_added (a nudge, a hint, a refusal)?, step_finished
 *     run_finished
 *
 * A step whose model call came to nothing has only step_started, history_pruned? and model_called.
 */
export async function* runAgent(
  task: string | UserMessage,
  options: AgentOptions,
): AsyncGenerator<AgentEvent, RunOutcome> {
  const message = typeof task === 'string' ? userMessage(task) : task;
  const history = repairHistory(options.history ?? []);
  const run = openRun(options, history.messages);
  yield runStarted(run, textOf(message.content));
  for (const answer of history.added) yield added(run, 0, answer);
  yield added(run, 0, message);
  const { outcome, steps } = yield* takeSteps(run);
  yield { type: 'run_finished', outcome, steps };
  return outcome;
}

const runStarted = ({ options, toolbox }: Run, task: string): AgentEvent => ({
  type: 'run_started',
  task,
  model: options.model.ref,
  root: options.root,
  instructions: options.instructions,
  tools: toolbox.specs,
  sampling: options.sampling ?? {},
  maxSteps: options.maxSteps,
  version: options.version,
});

type Ended = { readonly outcome: RunOutcome; readonly steps: number };

async function* takeSteps(run: Run): AsyncGenerator<AgentEvent, Ended> {
  const { maxSteps, signal } = run.options;
  let steps = 0;
  try {
    while (steps < maxSteps) {
      if (signal?.aborted === true) return { outcome: stopped(stopReasonOf(signal)), steps };
      if (!run.budget.allows(run.conversation.estimatedTokens)) return { outcome: stopped('budget'), steps };
      const { isFinished, outcome } = yield* takeStep(run, steps + 1);
      if (isFinished) steps += 1;
      if (outcome !== undefined) return { outcome, steps };
    }
    return { outcome: stopped('step_limit'), steps };
  } catch (thrown) {
    return { outcome: failed(thrown), steps };
  }
}
