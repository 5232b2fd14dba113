import { isEmptyAnswer, type Message, textOf, type Usage } from '@trae-cli/protocol';
import { messageSize } from './message-size.js';
import { TokenEstimate } from './token-estimate.js';

/**
 * What the model is sent, and how much that is. Beside the folded record it lacks empty answers and has stubs for
 * pruned outputs; a message in it is never edited, so an adapter may remember how it encoded one.
 */
export class Conversation {
  readonly #messages: Message[] = [];
  readonly #outputFiles = new WeakMap<Message, string>();
  readonly #estimate: TokenEstimate;

  constructor(preambleCharacters: number) {
    this.#estimate = new TokenEstimate(preambleCharacters);
  }

  get length(): number {
    return this.#messages.length;
  }

  get estimatedTokens(): number {
    return this.#estimate.tokens;
  }

  at(index: number): Message | undefined {
    return this.#messages[index];
  }

  /** `outputFile` is where the whole of a tool's output already lies. */
  add(message: Message, outputFile?: string): void {
    if (message.role === 'assistant' && isEmptyAnswer(message)) return;
    this.#messages.push(message);
    this.#estimate.change(messageSize(message));
    if (outputFile !== undefined) this.#outputFiles.set(message, outputFile);
  }

  replace(index: number, message: Message): void {
    const old = this.#messages[index];
    if (old === undefined) return;
    this.#messages[index] = message;
    this.#estimate.change(messageSize(message) - messageSize(old));
  }

  outputFileOf(message: Message): string | undefined {
    return this.#outputFiles.get(message);
  }

  /** What the model said last, in words, in the messages from `start` on; empty where it said nothing. */
  lastText(start: number): string {
    for (let index = this.#messages.length - 1; index >= start; index -= 1) {
      const message = this.#messages[index];
      const text = message?.role === 'assistant' ? textOf(message.content) : '';
      if (text.trim() !== '') return text;
    }
    return '';
  }

  /** The messages of the request that goes out now. */
  send(): readonly Message[] {
    this.#estimate.markSent();
    return this.#messages.slice();
  }

  learn(usage: Usage | null): void {
    this.#estimate.learn(usage);
  }
}
