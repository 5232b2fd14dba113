import { type AgentEvent, asTraeError, type ToolContext } from '@trae-cli/protocol';
import { type Answer, answerMessage, answerOf, errorAnswer } from './answer.js';
import { type EventSink, whileRunning } from './event-queue.js';
import type { PreparedCall } from './prepare-call.js';
import { added, type Step } from '../run-state.js';
import { verifyCompletion } from '../verify.js';
import { wording } from '../wording.js';

type Runnable = Extract<PreparedCall, { kind: 'runnable' }>;

/**
 * Runs the calls of one batch together and answers them in the order asked. Every `tool_started` is told, and so
 * recorded, before the first tool begins.
 */
export async function* execute(step: Step, batch: readonly PreparedCall[]): AsyncGenerator<AgentEvent, Answers> {
  for (const prepared of batch) {
    if (prepared.kind !== 'runnable') continue;
    yield { type: 'tool_started', step: step.number, callId: prepared.call.id, name: prepared.tool.spec.name };
  }
  const answers: Answer[] = [];
  yield* whileRunning<AgentEvent>(
    (sink) => {
      const inOrder = new AnswersInOrder(step, batch, sink, answers);
      return allOf(batch.map(async (prepared, index) => inOrder.put(index, await settle(step, prepared, sink))));
    },
    () => step.scope.abandon(),
  );
  return answers;
}

/** As Promise.all, but waits for the others where one fails: nothing goes on running behind the failure. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}

export type Answers = readonly Answer[];

/** Holds an answer back until all before it are told. */
class AnswersInOrder {
  readonly #step: Step;
  readonly #batch: readonly PreparedCall[];
  readonly #sink: EventSink<AgentEvent>;
  readonly #told: Answer[];
  readonly #waiting = new Map<number, Answer>();

  constructor(step: Step, batch: readonly PreparedCall[], sink: EventSink<AgentEvent>, told: Answer[]) {
    this.#step = step;
    this.#batch = batch;
    this.#sink = sink;
    this.#told = told;
  }

  put(index: number, answer: Answer): void {
    this.#waiting.set(index, answer);
    for (;;) {
      const next = this.#waiting.get(this.#told.length);
      const prepared = this.#batch[this.#told.length];
      if (next === undefined || prepared === undefined) return;
      this.#sink.push(added(this.#step.run, this.#step.number, answerMessage(prepared.call, next), next.details));
      this.#told.push(next);
    }
  }
}

async function settle(step: Step, prepared: PreparedCall, sink: EventSink<AgentEvent>): Promise<Answer> {
  if (prepared.kind === 'refused') return errorAnswer(prepared.reason);
  const { now } = step.run.options;
  const startedAt = now();
  const answer = step.scope.isAborted ? errorAnswer(wording.cancelled) : await invoke(step, prepared, sink);
  const { status, details } = answer;
  sink.push({
    type: 'tool_finished',
    step: step.number,
    callId: prepared.call.id,
    status,
    durationMs: now() - startedAt,
    ...(details === undefined ? {} : { details }),
  });
  return answer;
}

/** Never rejects: a tool that throws has answered too. */
async function invoke(step: Step, prepared: Runnable, sink: EventSink<AgentEvent>): Promise<Answer> {
  const { call, tool } = prepared;
  let isRunning = true;
  const context: ToolContext = {
    signal: step.scope.signal,
    report: (text) => {
      if (isRunning) sink.report({ type: 'tool_reported', step: step.number, callId: call.id, text });
    },
  };
  try {
    const result = await tool.invoke(prepared.arguments, context);
    return noted(prepared, await answerOf(result, (claimed) => verifyCompletion(step.run, claimed)));
  } catch (thrown) {
    if (step.scope.isAborted) return errorAnswer(wording.cancelledWhileRunning);
    return errorAnswer(`${tool.spec.name} failed unexpectedly: ${asTraeError(thrown).message}`);
  } finally {
    isRunning = false;
  }
}

/** The model must know that what ran is not what it asked for. */
function noted({ call, arguments: given }: Runnable, answer: Answer): Answer {
  if (given === call.arguments) return answer;
  const note = { type: 'text', text: `It ran with other arguments than yours: ${given}` } as const;
  return { ...answer, content: [note, ...answer.content] };
}
