import { type ModelEvent, type ModelRequest, type ModelRef, TraeError } from '@trae-cli/protocol';
import { CallNumbers } from '../recovered/call-ids.js';
import type { KnownTools } from '../recovered/known-tools.js';
import { LeakGate } from '../recovered/leak-gate.js';
import type { SpokenCall } from '../recovered/reading.js';
import { requiredOf } from './describe-tools.js';
import { brokenInARow, type Ending, readEnding } from './first-call.js';

type Finished = Extract<ModelEvent, { type: 'finished' }>;

export type PromptedTurnOptions = {
  readonly ref: ModelRef;
  /** As the agent made it. */
  readonly request: ModelRequest;
  readonly tools: KnownTools;
  /** What the model is to know of its call when it reads the result; undefined: nothing. */
  readonly note: (callId: string, note: string | undefined) => void;
};

const brokenBeforeError = 2;

const tooManyBroken = ({ provider, model }: ModelRef): TraeError =>
  new TraeError('provider_protocol', `${provider}/${model} wrote three tool calls in a row that could not be read.`, {
    hint: 'Choose a model that follows instructions better, or one that can call tools itself, with --model.',
  });

/** What the result of a call should mention. */
function noteOn({ name, spec, ignored, arguments: given }: SpokenCall, further: number): string | undefined {
  const missing = spec === undefined ? [] : requiredOf(spec).filter((parameter) => !Object.hasOwn(given, parameter));
  const notes = [
    ...(missing.length > 0 ? [`your call of ${name} lacked what it requires: ${missing.join(', ')}.`] : []),
    ...(ignored.length > 0 ? [`${name} has no parameter ${ignored.join(', ')}; that was ignored.`] : []),
    ...(further > 0 ? ['only the first call of your answer was run. Write one call in an answer.'] : []),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
}

/** Turns an answer with calls written into it into one with calls. Parts are numbered anew. */
export class PromptedTurn {
  readonly #options: PromptedTurnOptions;
  #gate = new LeakGate();
  #parts = new Map<number, number>();
  #nextPart = 0;
  #textPart: number | undefined;
  #thoughtPart: number | undefined;
  /** White space that is text only if more text follows. */
  #blank: string[] = [];
  #isStructured = false;
  /** Parts of the answer that are text, and so lost their numbers. */
  readonly #textParts = new Set<number>();

  constructor(options: PromptedTurnOptions) {
    this.#options = options;
  }

  *take(event: ModelEvent): Generator<ModelEvent, void> {
    switch (event.type) {
      case 'text_delta':
        this.#textParts.add(event.part);
        yield* this.#hear(event.text);
        break;
      case 'part_sealed':
        // What is sealed onto a text goes nowhere anyway.
        if (!this.#textParts.has(event.part)) yield { ...event, part: this.#partFor(event.part) };
        break;
      case 'reasoning_delta':
      case 'tool_call_started':
      case 'tool_call_delta':
        if (event.type === 'tool_call_started') this.#isStructured = true;
        yield { ...event, part: this.#partFor(event.part) };
        break;
      case 'retrying':
        this.#startOver();
        yield event;
        break;
      case 'finished':
        yield* this.#finish(event);
        break;
      case 'requested':
      case 'waiting':
      case 'noticed':
        yield event;
        break;
      default:
        event satisfies never;
    }
  }

  #startOver(): void {
    this.#gate = new LeakGate();
    this.#parts = new Map();
    this.#nextPart = 0;
    this.#textPart = undefined;
    this.#thoughtPart = undefined;
    this.#blank = [];
    this.#isStructured = false;
    this.#textParts.clear();
  }

  #partFor(given: number): number {
    const known = this.#parts.get(given);
    if (known !== undefined) return known;
    this.#parts.set(given, this.#nextPart);
    return this.#nextPart++;
  }

  *#hear(text: string): Generator<ModelEvent, void> {
    if (text === '') return;
    if (this.#gate.passes(text)) yield* this.#say(text);
    else for (const said of this.#gate.push(text)) yield* this.#tell(said.type, said.text);
  }

  *#tell(type: 'text' | 'thought' | 'mark', text: string): Generator<ModelEvent, void> {
    if (type === 'text') yield* this.#say(text);
    else if (type === 'mark') this.#endParts();
    else {
      this.#thoughtPart ??= this.#nextPart++;
      yield { type: 'reasoning_delta', part: this.#thoughtPart, text };
    }
  }

  /** What follows a thought is another part. */
  #endParts(): void {
    this.#textPart = undefined;
    this.#thoughtPart = undefined;
    this.#blank = [];
  }

  *#say(said: string): Generator<ModelEvent, void> {
    const text = this.#textPart === undefined ? said.trimStart() : said;
    const end = text.trimEnd().length;
    if (end > 0) {
      this.#textPart ??= this.#nextPart++;
      const before = this.#blank.length === 0 ? '' : this.#blank.join('');
      this.#blank = [];
      yield { type: 'text_delta', part: this.#textPart, text: before + text.slice(0, end) };
    }
    if (end < text.length) this.#blank.push(text.slice(end));
  }

  /** No call follows: the white space belongs to the text. */
  *#sayBlank(): Generator<ModelEvent, void> {
    const text = this.#blank.join('');
    this.#blank = [];
    if (text !== '' && this.#textPart !== undefined) yield { type: 'text_delta', part: this.#textPart, text };
  }

  *#finish(event: Finished): Generator<ModelEvent, void> {
    const withheld = this.#gate.finish();
    if (!withheld.mayBeCall || this.#isStructured) {
      yield* this.#tell(withheld.type, withheld.text);
      yield* this.#sayBlank();
      yield this.#isStructured || event.stop !== 'tool_calls' ? event : { ...event, stop: 'end' };
      return;
    }
    const { tools } = this.#options;
    const ending = readEnding(withheld.text, { stop: event.stop, isStart: withheld.isStart, tools });
    yield* this.#say(ending.text);
    yield* this.#end(ending, event);
  }

  *#end(ending: Ending, event: Finished): Generator<ModelEvent, void> {
    switch (ending.type) {
      case 'words':
        yield* this.#sayBlank();
        yield event.stop === 'tool_calls' ? { ...event, stop: 'end' } : event;
        break;
      case 'cut':
        yield { type: 'noticed', message: `${cutCall(ending.name)} was cut off, and is not run.` };
        yield event;
        break;
      case 'broken':
        if (brokenInARow(this.#options.request.messages) >= brokenBeforeError) throw tooManyBroken(this.#options.ref);
        yield* this.#call(ending.name, ending.raw, undefined);
        yield { ...event, stop: 'tool_calls' };
        break;
      case 'call':
        if (event.stop === 'filtered') {
          yield event;
          break;
        }
        yield* this.#called(ending);
        yield { ...event, stop: 'tool_calls' };
        break;
      default:
        ending satisfies never;
    }
  }

  *#called({ call, further }: Extract<Ending, { type: 'call' }>): Generator<ModelEvent, void> {
    yield* this.#call(call.name, JSON.stringify(call.arguments), noteOn(call, further));
    if (further > 0)
      yield {
        type: 'noticed',
        message: `The model wrote ${further + 1} calls into one answer; only the first is run, and it is told so.`,
      };
  }

  *#call(name: string, given: string, note: string | undefined): Generator<ModelEvent, void> {
    const id = new CallNumbers(this.#options.request.messages).mint();
    this.#options.note(id, note);
    const part = this.#nextPart++;
    yield { type: 'tool_call_started', part, id, name };
    yield { type: 'tool_call_delta', part, arguments: given };
  }
}

const cutCall = (name: string | undefined): string => (name === undefined ? 'A call' : `A call of ${name}`);
