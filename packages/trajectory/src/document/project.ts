import { type EventOf, type Message, type RunOutcome, textOf } from '@trae-cli/protocol';
import { HeldRun } from '../held-run.js';
import type { TrajectoryRecord } from '../journal/record.js';
import type { TraeDocument, TraeMessage } from './document.js';
import { sentMessage, toolResult } from './parts.js';
import { agentStep, describeOutcome, endStep, interaction, type OpenStep, type RunBackground } from './step.js';

type RunStarted = EventOf<'run_started'>;
type StepLabelled = EventOf<'step_labelled'>;

const seconds = (start: string, end: string): number => (Date.parse(end) - Date.parse(start)) / 1000;

/** Reads records in order and holds what the document will say. */
class DocumentFold {
  #first: { readonly event: RunStarted; readonly at: string } | undefined;
  #run: RunBackground = { model: { provider: '', model: '' }, tools: [] };
  #end: { readonly outcome: RunOutcome; readonly at: string } | undefined;
  readonly #held = new HeldRun('for one document');
  readonly #steps: OpenStep[] = [];
  /** The steps of the run being read, by the number they have in it. */
  #ofRun = new Map<number, OpenStep>();
  /** What the next request has that the last one had not. */
  #unsent: TraeMessage[] = [];
  #lastText = '';

  apply({ at, event }: TrajectoryRecord): void {
    switch (event.type) {
      case 'run_started':
        this.#start(event, at);
        break;
      case 'message_added':
        this.#add(event.message, event.step, at);
        break;
      case 'step_finished':
        this.#stepAt(event.step, at).end = { stop: event.stop, usage: event.usage };
        break;
      case 'step_labelled':
        this.#label(event);
        break;
      case 'run_finished':
        this.#finish(event.outcome, at);
        break;
      default:
        if (event.step > 0) this.#stepAt(event.step, at);
    }
  }

  document(): TraeDocument {
    const { event, at: startedAt = '' } = this.#first ?? {};
    const end = this.#end;
    return {
      task: event?.task ?? '',
      start_time: startedAt,
      end_time: end?.at ?? '',
      provider: event?.model.provider ?? '',
      model: event?.model.model ?? '',
      max_steps: event?.maxSteps ?? 0,
      llm_interactions: this.#steps.flatMap((step) => interaction(step) ?? []),
      agent_steps: this.#steps.map(agentStep),
      success: end?.outcome.status === 'completed',
      final_result: end === undefined ? null : describeOutcome(end.outcome) || this.#lastText,
      execution_time: end === undefined ? 0 : seconds(startedAt, end.at),
    };
  }

  #start(event: RunStarted, at: string): void {
    this.#first ??= { event, at };
    this.#run = { model: event.model, tools: event.tools.map((tool) => tool.name) };
    this.#end = undefined;
    this.#ofRun = new Map();
    this.#unsent.push({ role: 'system', content: event.instructions });
  }

  #add(message: Message, step: number, at: string): void {
    this.#held.add(message);
    if (message.role === 'assistant') {
      const open = this.#stepAt(step, at);
      open.answer = { message, at };
      open.sent = this.#unsent;
      this.#unsent = [];
      this.#lastText = textOf(message.content) || this.#lastText;
      return;
    }
    this.#unsent.push(sentMessage(message));
    const open = this.#ofRun.get(step);
    if (open === undefined) return;
    open.at = at;
    if (message.role === 'tool') open.results.push(toolResult(message));
  }

  #stepAt(number: number, at: string): OpenStep {
    const open = this.#ofRun.get(number);
    if (open !== undefined) {
      open.at = at;
      return open;
    }
    const step: OpenStep = {
      number: this.#steps.length + 1,
      run: this.#run,
      sent: this.#unsent.slice(),
      answer: undefined,
      results: [],
      end: undefined,
      error: undefined,
      label: undefined,
      at,
    };
    this.#steps.push(step);
    this.#ofRun.set(number, step);
    return step;
  }

  #label({ step, task, details }: StepLabelled): void {
    const open = this.#ofRun.get(step);
    if (open !== undefined) open.label = details === '' ? task : `${task} ${details}`;
  }

  #finish(outcome: RunOutcome, at: string): void {
    this.#end = { outcome, at };
    const last = [...this.#ofRun.values()].at(-1);
    if (last !== undefined) endStep(last, outcome);
  }
}

/**
 * The journal as the Python original's document: all its runs as one, under the first one's task and the last one's
 * result. Pure; every time in it is one that was recorded.
 */
export async function toTraeDocument(records: AsyncIterable<TrajectoryRecord>): Promise<TraeDocument> {
  const fold = new DocumentFold();
  for await (const record of records) fold.apply(record);
  return fold.document();
}
