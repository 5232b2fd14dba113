import {
  type AgentEvent,
  callsOf,
  type Message,
  type ModelEvent,
  textOf,
  type ToolCallPart,
  type ToolMessage,
} from '@trae-cli/protocol';
import { formatDuration } from '../duration.js';
import type { TextSink } from '../host.js';
import { answerLines, type Verbosity } from './answer-lines.js';
import { describeCall, safeCall } from './call-view.js';
import { describeEnd } from './end-line.js';
import { LineWriter } from './line-writer.js';
import type { Paint } from './paint.js';
import { printable } from './printable.js';
import type { RunIntroduction, RunOutput, RunReport } from './run-output.js';

export type PlainOptions = {
  readonly stderr: TextSink;
  readonly stdout: TextSink;
  readonly paint: Paint;
  readonly verbosity: Verbosity;
  /** Whether standard output carries the result as text; other formats have it to themselves. */
  readonly printsResult: boolean;
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
    if (chosenBecause !== undefined) this.#progress.line(`Using ${provider} ${model} because ${chosenBecause}.`);
    else if (verbosity !== 'quiet') this.#progress.line(`Using ${provider} ${model}.`);
    if (verbosity !== 'quiet') {
      this.#progress.line(paint.faint(`Working in ${root}`));
      this.#progress.line(paint.faint(`Recording to ${journalPath}`));
    }
    for (const notice of notices) this.notice(notice);
  }

  notice(message: string): void {
    this.#progress.line(`${this.#options.paint.strong('Note:')} ${printable(message)}`);
  }

  show(event: AgentEvent): void {
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
    this.#progress.endParagraph();
    const { paint, verbosity, printsResult, stdout, stderr } = this.#options;
    if (printsResult && report.summary !== '' && !this.#isOnScreen(report.summary)) {
      stdout.write(`${stdout.isTerminal ? printable(report.summary) : report.summary}\n`);
    }
    const isWorthSaying =
      verbosity !== 'quiet' || report.outcome.status !== 'completed' || report.recordFailure !== undefined;
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
        this.#progress.stream(printable(event.text));
        break;
      case 'reasoning_delta':
        if (verbosity === 'verbose') this.#progress.stream(paint.faint(printable(event.text)));
        break;
      case 'retrying': {
        const wait = formatDuration(event.waitMs);
        const words = `Trying again in ${wait} (attempt ${event.attempt}): ${printable(event.message)}`;
        this.#progress.line(paint.faint(words));
        break;
      }
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
    if (call !== undefined) this.#progress.line(describeCall(safeCall(call), this.#options.paint));
  }

  #toolAnswer(message: ToolMessage): void {
    this.#calls.delete(message.callId);
    const { paint, verbosity } = this.#options;
    const tint = message.status === 'error' ? paint.failure : paint.faint;
    for (const line of answerLines(message, verbosity)) this.#progress.line(tint(this.#progress.fitted(line)));
  }
}
