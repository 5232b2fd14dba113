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
import { describeCall, safeCall } from './call-view.js';
import { describeEnd } from './end-line.js';
import type { Paint } from './paint.js';
import { printable } from './printable.js';
import type { RunIntroduction, RunOutput, RunReport } from './run-output.js';

export type PlainOptions = {
  readonly stderr: TextSink;
  readonly stdout: TextSink;
  readonly paint: Paint;
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  /** Whether standard output carries the result as text; other formats have it to themselves. */
  readonly printsResult: boolean;
};

/** Lines of a tool's answer that are shown: enough to follow, not enough to drown in. */
const shownLines = { quiet: 0, normal: 8, verbose: 200 } as const;

/** What these tools did stands in the line about their call; their answers are for the model. */
const saidByTheCall: ReadonlySet<string> = new Set(['str_replace_based_edit_tool', 'task_done']);

/** The run as plain, appended text: what the model says and what its tools do on standard error, the result on standard output. */
export class PlainOutput implements RunOutput {
  readonly #options: PlainOptions;
  readonly #calls = new Map<string, ToolCallPart>();
  #isLineOpen = false;
  #lastText = '';

  constructor(options: PlainOptions) {
    this.#options = options;
  }

  started(introduction: RunIntroduction): void {
    const { paint, verbosity } = this.#options;
    const { provider, model, chosenBecause, notices } = introduction;
    if (chosenBecause !== undefined) this.#line(`Using ${provider} ${model} because ${chosenBecause}.`);
    else if (verbosity !== 'quiet') this.#line(`Using ${provider} ${model}.`);
    if (verbosity !== 'quiet') {
      this.#line(paint.faint(`Working in ${introduction.root}`));
      this.#line(paint.faint(`Recording to ${introduction.journalPath}`));
    }
    for (const notice of notices) this.notice(notice);
  }

  notice(message: string): void {
    this.#line(`${this.#options.paint.strong('Note:')} ${printable(message)}`);
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
        this.notice(`the conversation was near the model's window: ${event.outputs} old tool outputs were shortened.`);
        break;
      case 'step_finished':
        this.#endLine();
        break;
      default:
        break;
    }
  }

  ended(report: RunReport): void {
    this.#endLine();
    const { paint, verbosity, printsResult, stdout, stderr } = this.#options;
    const isWorthSaying = verbosity !== 'quiet' || report.outcome.status !== 'completed';
    if (printsResult && report.summary !== '' && !this.#isOnScreen(report.summary)) {
      stdout.write(`${stdout.isTerminal ? printable(report.summary) : report.summary}\n`);
    }
    if (isWorthSaying) stderr.write(`${describeEnd(report, paint)}\n`);
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
        this.#stream(printable(event.text));
        break;
      case 'reasoning_delta':
        if (verbosity === 'verbose') this.#stream(paint.faint(printable(event.text)));
        break;
      case 'retrying': {
        const wait = formatDuration(event.waitMs);
        this.#line(paint.faint(`Trying again in ${wait} (attempt ${event.attempt}): ${printable(event.message)}`));
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
      this.#endLine();
    } else if (message.role === 'tool') {
      this.#toolAnswer(message);
    }
  }

  #toolStarted(callId: string): void {
    const call = this.#calls.get(callId);
    if (call !== undefined) this.#line(describeCall(safeCall(call), this.#options.paint));
  }

  #toolAnswer(message: ToolMessage): void {
    this.#calls.delete(message.callId);
    const { paint, verbosity } = this.#options;
    const limit = message.status === 'ok' && saidByTheCall.has(message.toolName) && verbosity === 'normal' ? 0 : shownLines[verbosity];
    const lines = printable(textOf(message.content)).trimEnd().split('\n');
    if (limit === 0) return;
    const left = lines.length - limit;
    if (left > 0) this.#line(paint.faint(`  … ${left} lines above`));
    const tint = message.status === 'error' ? paint.failure : paint.faint;
    for (const line of lines.slice(-limit)) this.#line(tint(`  ${line}`));
  }

  #stream(text: string): void {
    if (text === '') return;
    this.#options.stderr.write(text);
    this.#isLineOpen = !text.endsWith('\n');
  }

  #line(text: string): void {
    this.#endLine();
    this.#options.stderr.write(`${text}\n`);
  }

  #endLine(): void {
    if (this.#isLineOpen) this.#options.stderr.write('\n');
    this.#isLineOpen = false;
  }
}
