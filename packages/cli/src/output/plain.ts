import {
  type AgentEvent,
  callsOf,
  formatDuration,
  type Message,
  type ModelEvent,
  printable,
  textOf,
  type ToolCallPart,
  type ToolMessage,
} from '@trae-cli/protocol';
import type { TextSink } from '../host/text-sink.js';
import { answerLines, type Verbosity } from './answer-lines.js';
import { describeCall, safeCall } from './call-view.js';
import { describeEnd } from './end-line.js';
import { LineWriter } from './line-writer.js';
import { noteLine } from './note.js';
import type { Paint } from './paint.js';
import type { RunIntroduction, RunOutput, RunReport } from './run-output.js';
import type { Waiting } from './waiting.js';

export type PlainOptions = {
  readonly stderr: TextSink;
  readonly stdout: TextSink;
  readonly paint: Paint;
  readonly verbosity: Verbosity;
  /** Whether standard output carries the result as text; other formats have it to themselves. */
  readonly printsResult: boolean;
  /** The sign of life while nothing comes. */
  readonly waiting: Waiting | undefined;
};

/** The run as plain, appended text: what the model says and what its tools do on standard error, the result on standard output. */
export class PlainOutput implements RunOutput {
  readonly #options: PlainOptions;
  readonly #progress: LineWriter;
  readonly #calls = new Map<string, ToolCallPart>();
  #lastText = '';

  constructor(options: PlainOptions) {
    this.#options = options;
    this.#progress = new LineWriter(options.stderr);
  }

  started({ provider, model, root, journalPath, chosenBecause, notices }: RunIntroduction): void {
    const { paint, verbosity } = this.#options;
    const using = printable(`Using ${provider} ${model}`);
    if (chosenBecause !== undefined) this.#progress.line(`${using} because ${chosenBecause}.`);
    else if (verbosity !== 'quiet') this.#progress.line(`${using}.`);
    if (verbosity !== 'quiet') {
      this.#progress.line(paint.faint(printable(`Working in ${root}`)));
      this.#progress.line(paint.faint(printable(`Recording to ${journalPath}`)));
    }
    for (const notice of notices) this.notice(notice);
  }

  notice(message: string): void {
    this.#progress.line(noteLine(message, this.#options.paint));
  }

  show(event: AgentEvent): void {
    this.#options.waiting?.note(event);
    if (event.type === 'message_added') this.#message(event.message);
    if (this.#options.verbosity === 'quiet') return;
    switch (event.type) {
      case 'model_event':
        this.#modelEvent(event.event);
        break;
      case 'tool_started':
        this.#toolStarted(event.callId);
        break;
      case 'history_pruned':
        this.notice(`the conversation was near the model's window: ${event.outputs} old outputs were left out of it.`);
        break;
      case 'step_finished':
        this.#progress.endParagraph();
        break;
      default:
        break;
    }
  }

  ended(report: RunReport): void {
    const { paint, verbosity, printsResult, stdout, stderr, waiting } = this.#options;
    waiting?.[Symbol.dispose]();
    this.#progress.endParagraph();
    if (printsResult && report.summary !== '' && !this.#isOnScreen(report.summary)) {
      const result = stdout.isTerminal ? printable(report.summary) : report.summary;
      stdout.write(result.endsWith('\n') ? result : `${result}\n`);
    }
    const isWorthSaying = verbosity !== 'quiet' || report.outcome.status !== 'completed' || report.losses.length > 0;
    if (isWorthSaying) stderr.write(`${verbosity === 'quiet' ? '' : '\n'}${describeEnd(report, paint)}\n`);
  }

  /** On a terminal the model's last words have just been read; a pipe has not seen them. */
  #isOnScreen(summary: string): boolean {
    const { stdout, stderr, verbosity } = this.#options;
    return stdout.isTerminal && stderr.isTerminal && verbosity !== 'quiet' && summary.trim() === this.#lastText.trim();
  }

  #modelEvent(event: ModelEvent): void {
    const { paint, verbosity } = this.#options;
    switch (event.type) {
      case 'text_delta':
        this.#progress.stream(printable(event.text), 'said');
        break;
      case 'reasoning_delta':
        if (verbosity === 'verbose') this.#progress.stream(printable(event.text), 'thought', paint.faint);
        break;
      case 'retrying': {
        const wait = formatDuration(event.waitMs);
        const words = `Trying again in ${wait} (attempt ${event.attempt}): ${printable(event.message)}`;
        this.#progress.line(paint.faint(words));
        break;
      }
      case 'waiting':
        this.#progress.line(paint.faint(printable(event.message)));
        break;
      case 'noticed':
        this.notice(event.message);
        break;
      default:
        break;
    }
  }

  #message(message: Message): void {
    if (message.role === 'assistant') {
      for (const call of callsOf(message)) this.#calls.set(call.id, call);
      this.#lastText = textOf(message.content);
      this.#progress.endParagraph();
    } else if (message.role === 'tool') {
      this.#toolAnswer(message);
    }
  }

  #toolStarted(callId: string): void {
    const call = this.#calls.get(callId);
    const { paint, verbosity } = this.#options;
    if (call === undefined) return;
    this.#progress.line(describeCall(safeCall(call), { paint, isWhole: verbosity === 'verbose' }));
  }

  #toolAnswer(message: ToolMessage): void {
    this.#calls.delete(message.callId);
    const { paint, verbosity } = this.#options;
    const tint = message.status === 'error' ? paint.failure : paint.faint;
    for (const line of answerLines(message, verbosity)) this.#progress.line(tint(this.#progress.fitted(line)));
  }
}
