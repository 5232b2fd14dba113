import {
  applyEvent,
  type AssistantMessage,
  callsOf,
  emptySession,
  type EventOf,
  type Message,
  textOf,
  type ToolCallPart,
  type ToolMessage,
} from '@trae-cli/protocol';
import type { TrajectoryRecord } from '../journal/record.js';
import {
  answeredLines,
  cutOffLines,
  endLines,
  headerLines,
  spokenLines,
  stepTitle,
  unansweredLines,
  userLines,
} from './page-parts.js';
import { endOf, headerOf, stepLines } from './run-lines.js';
import type { TrajectoryStyle } from './style.js';
import { plural, printableLine } from './text.js';

/** Turns records into lines, one after the other, and keeps what later lines need of earlier records. */
class Page {
  readonly #style: TrajectoryStyle;
  /** Calls that have not been answered yet; each is shown with its answer. */
  readonly #open = new Map<string, ToolCallPart>();
  readonly #durations = new Map<string, number>();
  #run: { readonly event: EventOf<'run_started'>; readonly at: string } | undefined;
  /** Usage and outcome; the messages are not kept. */
  #session = emptySession;
  #called: EventOf<'model_called'> | undefined;
  #lastText = '';

  constructor(style: TrajectoryStyle) {
    this.#style = style;
  }

  lines({ at, event }: TrajectoryRecord): readonly string[] {
    const { faint } = this.#style;
    switch (event.type) {
      case 'run_started':
        return [...this.#separator(), ...this.#start(event, at)];
      case 'step_started':
        return [...this.#unanswered(), ...stepTitle(event.step, this.#style)];
      case 'message_added':
        return this.#message(event.message);
      case 'model_called':
        this.#called = event;
        return [];
      case 'tool_finished':
        this.#durations.set(event.callId, event.durationMs);
        return [];
      case 'approval_decided':
        return this.#decision(event);
      case 'history_pruned':
        return [faint(`  ${plural(event.outputs, 'old output')} left out of the request to make room`)];
      case 'step_finished':
        return this.#finishStep(event);
      case 'step_labelled':
        return [faint(`  Step ${event.step}: ${printableLine(`${event.task} ${event.details}`.trim())}`)];
      case 'run_finished':
        return this.#finishRun(event, at);
      default:
        return [];
    }
  }

  /** What there is to say where the record, or a next run, begins before the run has ended. */
  cutOff(): readonly string[] {
    if (this.#run === undefined) return [];
    this.#run = undefined;
    return [...this.#unanswered(), ...cutOffLines(this.#style)];
  }

  #separator(): readonly string[] {
    const isFirst = this.#run === undefined && this.#session === emptySession;
    return isFirst ? [] : [...this.cutOff(), ''];
  }

  #start(event: EventOf<'run_started'>, at: string): readonly string[] {
    this.#run = { event, at };
    // A run of its own: what a conversation took before it is not its usage.
    this.#session = { ...emptySession };
    this.#lastText = '';
    this.#called = undefined;
    return headerLines(headerOf(event, at), this.#style);
  }

  #message(message: Message): readonly string[] {
    switch (message.role) {
      case 'user': {
        const text = textOf(message.content);
        return text === this.#run?.event.task ? [] : userLines(text, this.#style);
      }
      case 'assistant':
        return this.#answer(message);
      case 'tool':
        return this.#toolAnswer(message);
      default:
        return message satisfies never;
    }
  }

  #answer(message: AssistantMessage): readonly string[] {
    for (const call of callsOf(message)) this.#open.set(call.id, call);
    this.#lastText = textOf(message.content);
    return message.content.flatMap((part) => {
      if (part.type === 'tool_call' || part.text.trim() === '') return [];
      const lines = spokenLines(part.text);
      return part.type === 'reasoning' ? lines.map(this.#style.faint) : lines;
    });
  }

  #toolAnswer({ callId, toolName, status, content }: ToolMessage): readonly string[] {
    const call = this.#open.get(callId) ?? { name: toolName, arguments: '' };
    const durationMs = this.#durations.get(callId);
    this.#open.delete(callId);
    this.#durations.delete(callId);
    const pictures = content.flatMap((part) => (part.type === 'image' ? [`[image: ${part.mediaType}]`] : []));
    const result = { isOk: status === 'ok', durationMs, output: [textOf(content), ...pictures] };
    return answeredLines(call, result, this.#style);
  }

  #unanswered(): readonly string[] {
    const calls = [...this.#open.values()];
    this.#open.clear();
    return calls.flatMap((call) => unansweredLines(call, this.#style));
  }

  #decision({ callId, verdict, by }: EventOf<'approval_decided'>): readonly string[] {
    if (verdict.allow) return [];
    const name = this.#open.get(callId)?.name ?? callId;
    return [this.#style.failure(`  ${printableLine(name)} denied by ${by}: ${printableLine(verdict.reason)}`)];
  }

  #finishStep(event: EventOf<'step_finished'>): readonly string[] {
    this.#session = applyEvent(this.#session, event);
    return [...this.#unanswered(), ...stepLines({ finished: event, called: this.#takeCalled() }, this.#style)];
  }

  #finishRun(event: EventOf<'run_finished'>, at: string): readonly string[] {
    const durationMs = this.#run === undefined ? 0 : Date.parse(at) - Date.parse(this.#run.at);
    this.#run = undefined;
    const facts = { session: this.#session, durationMs, lastText: this.#lastText };
    return [
      ...this.#unanswered(),
      ...stepLines({ called: this.#takeCalled() }, this.#style),
      ...endLines(endOf(event, facts), this.#style),
    ];
  }

  #takeCalled(): EventOf<'model_called'> | undefined {
    const called = this.#called;
    this.#called = undefined;
    return called;
  }
}

/** A journal as a person reads it, record by record: each text is one or more whole lines. */
export async function* renderTrajectory(
  records: AsyncIterable<TrajectoryRecord>,
  style: TrajectoryStyle,
): AsyncGenerator<string, void> {
  const page = new Page(style);
  let isEmpty = true;
  for await (const record of records) {
    isEmpty = false;
    const lines = page.lines(record);
    if (lines.length > 0) yield `${lines.join('\n')}\n`;
  }
  const rest = isEmpty ? ['Nothing is recorded here.'] : page.cutOff();
  if (rest.length > 0) yield `${rest.join('\n')}\n`;
}
