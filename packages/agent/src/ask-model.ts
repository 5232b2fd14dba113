import { type AgentEvent, type FinishedTurn, type ModelRequest, TraeError } from '@trae-cli/protocol';
import type { Pruning } from './conversation/context.js';
import { ModelCall, type ModelCalled } from './model-call.js';
import type { Run, Step } from './run-state.js';

export type Asked =
  | { readonly status: 'answered'; readonly turn: FinishedTurn; readonly called: ModelCalled }
  | { readonly status: 'failed'; readonly error: unknown; readonly called: ModelCalled };

const prunedEvent = (step: Step, pruning: Pruning): AgentEvent => ({
  type: 'history_pruned',
  step: step.number,
  ...pruning,
});

const isOverflow = (thrown: unknown): thrown is TraeError =>
  thrown instanceof TraeError && thrown.code === 'context_overflow';

/** Asks the model once. Never throws: a failure is a value, and nothing of a failed turn reaches the conversation. */
export async function* askModel(step: Step): AsyncGenerator<AgentEvent, Asked> {
  const call = new ModelCall(step.run);
  try {
    const pruning = await step.run.context.makeRoom();
    if (pruning !== undefined) yield prunedEvent(step, pruning);
    try {
      yield* listen(step, call);
    } catch (thrown) {
      yield* startOver(step, call, thrown);
      yield* listen(step, call);
    }
    const turn = call.finish();
    if (turn === undefined) throw brokenStream(step);
    return { status: 'answered', turn, called: call.called(step.number) };
  } catch (error) {
    return { status: 'failed', error, called: call.called(step.number) };
  }
}

/**
 * The window may be smaller than anybody said: where the service refuses a request for its length, once more with less.
 * Throws what was thrown where that cannot help.
 */
async function* startOver(step: Step, call: ModelCall, thrown: unknown): AsyncGenerator<AgentEvent, void> {
  if (!isOverflow(thrown) || step.scope.isAborted) throw thrown;
  const pruning = await step.run.context.makeMoreRoom();
  if (pruning === undefined) throw thrown;
  yield prunedEvent(step, pruning);
  const { code: reason, message } = thrown;
  const event = call.hear({ type: 'retrying', attempt: 1, waitMs: 0, reason, message });
  yield { type: 'model_event', step: step.number, event };
}

async function* listen(step: Step, call: ModelCall): AsyncGenerator<AgentEvent, void> {
  const { run, number, scope } = step;
  for await (const said of run.options.model.stream(requestOf(run), scope.signal)) {
    const event = call.hear(said);
    let isLeaving = true;
    try {
      yield { type: 'model_event', step: number, event };
      isLeaving = false;
    } finally {
      // Before the stream is asked to close: what it waits for there may end only by the signal.
      if (isLeaving) scope.abandon();
    }
  }
}

function requestOf(run: Run): ModelRequest {
  const { instructions, sampling } = run.options;
  return {
    instructions,
    messages: run.conversation.send(),
    tools: run.toolbox.specs,
    ...(sampling === undefined ? {} : { sampling }),
  };
}

function brokenStream({ run }: Step): TraeError {
  const { provider, model } = run.options.model.ref;
  return new TraeError('stream_broken', `The answer of ${provider}/${model} ended before it was complete.`, {
    hint: 'Run the task again; where it happens often, look at the connection and at the server.',
  });
}
