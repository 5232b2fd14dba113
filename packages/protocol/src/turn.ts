import type { ReasoningPart, TextPart, ToolCallPart } from './content.js';
import type { AssistantMessage, ModelRef } from './message.js';
import type { ModelEvent, StopReason, Usage } from './model.js';

type Part = TextPart | ReasoningPart | ToolCallPart;

export type FinishedTurn = {
  readonly message: AssistantMessage;
  readonly stop: StopReason;
  readonly usage: Usage | null;
  readonly responseId?: string;
};

/** The fold of one turn: model events in, one assistant message out. */
export interface Turn {
  apply(event: ModelEvent): void;
  /** What has been said so far, empty parts left out. */
  message(origin: ModelRef): AssistantMessage;
  /** The whole turn, or undefined while `finished` has not been seen. */
  finished(origin: ModelRef): FinishedTurn | undefined;
}

type OpenPart =
  | { -readonly [Key in keyof TextPart]: TextPart[Key] }
  | { -readonly [Key in keyof ReasoningPart]: ReasoningPart[Key] }
  | { -readonly [Key in keyof ToolCallPart]: ToolCallPart[Key] };

const isEmpty = (part: OpenPart): boolean =>
  (part.type === 'text' && part.text === '') ||
  (part.type === 'reasoning' && part.text === '' && part.sealed === undefined);

class TurnFold implements Turn {
  #parts: (OpenPart | undefined)[] = [];
  #end: Extract<ModelEvent, { type: 'finished' }> | undefined;

  apply(event: ModelEvent): void {
    switch (event.type) {
      case 'text_delta':
        this.#append(event.part, 'text', event.text);
        break;
      case 'reasoning_delta':
        this.#append(event.part, 'reasoning', event.text);
        break;
      case 'tool_call_started':
        this.#parts[event.part] = { type: 'tool_call', id: event.id, name: event.name, arguments: '' };
        break;
      case 'tool_call_delta':
        this.#extendCall(event.part, event.arguments);
        break;
      case 'part_sealed':
        this.#seal(event);
        break;
      case 'retrying':
        this.#parts = [];
        this.#end = undefined;
        break;
      case 'finished':
        this.#end = event;
        break;
      case 'requested':
      case 'waiting':
      case 'noticed':
        break;
      default:
        event satisfies never;
    }
  }

  message(origin: ModelRef): AssistantMessage {
    const content: Part[] = [];
    for (const part of this.#parts) if (part !== undefined && !isEmpty(part)) content.push({ ...part });
    return { role: 'assistant', content, origin };
  }

  finished(origin: ModelRef): FinishedTurn | undefined {
    if (this.#end === undefined) return undefined;
    const { stop, usage, responseId } = this.#end;
    return { message: this.message(origin), stop, usage, ...(responseId === undefined ? {} : { responseId }) };
  }

  #append(index: number, type: 'text' | 'reasoning', text: string): void {
    const part = this.#parts[index];
    if (part?.type === type) part.text += text;
    else this.#parts[index] = { type, text };
  }

  #extendCall(index: number, text: string): void {
    const part = this.#parts[index];
    if (part?.type === 'tool_call') part.arguments += text;
  }

  #seal(event: Extract<ModelEvent, { type: 'part_sealed' }>): void {
    const part = this.#parts[event.part];
    // A sealed block may have no visible text at all: redacted or encrypted reasoning.
    if (part === undefined) this.#parts[event.part] = { type: 'reasoning', text: '', sealed: event.sealed };
    else if (part.type !== 'text') part.sealed = event.sealed;
  }
}

export const createTurn = (): Turn => new TurnFold();
