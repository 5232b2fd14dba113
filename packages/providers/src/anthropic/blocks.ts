import type { JsonObject, ModelEvent } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { recordable } from '../service/recordable.js';
import type { TurnOutput } from '../service/turn-output.js';
import { type OpenBlock, settledBlock, settledInput, wholeInput } from './open-block.js';
import { objectIn, textIn } from './read-event.js';
import { sealedBlock, sealedCaller, sealedThought } from './sealed.js';

/** No service makes more in one message. */
const mostBlocks = 4096;
/** Characters, far beyond any id that a vendor makes. */
const longestId = 512;

/** The blocks of a turn, each a part of its own, in the order in which they begin. */
export class Blocks {
  readonly #output: TurnOutput;
  /** Whether a thought without a signature is whole all the same. */
  readonly #takesUnsigned: boolean;
  readonly #open = new Map<number, OpenBlock>();
  readonly #callParts: number[] = [];
  #count = 0;

  constructor(output: TurnOutput, takesUnsigned: boolean) {
    this.#output = output;
    this.#takesUnsigned = takesUnsigned;
  }

  /** Where the calls stand, in the order in which they began. */
  get callParts(): readonly number[] {
    return this.#callParts;
  }

  *start(index: number, block: JsonObject): Generator<ModelEvent, void> {
    yield* this.stop(index);
    const opened = this.#begun(block);
    this.#open.set(index, opened);
    const text = textIn(block, 'text') ?? '';
    if (opened.type === 'text' && text !== '') yield this.#output.say({ type: 'text', text }, opened.part);
    if (opened.type === 'thinking') yield* this.#think(opened, textIn(block, 'thinking'), textIn(block, 'signature'));
  }

  /** What nearly all deltas are, more words of an open block, without the cost of the general way. */
  more(index: number, delta: JsonObject): ModelEvent | undefined {
    const block = this.#open.get(index);
    if (block?.type !== 'text' || delta['type'] !== 'text_delta') return undefined;
    const text = textIn(delta, 'text');
    return text === undefined ? undefined : this.#output.say({ type: 'text', text }, block.part);
  }

  *extend(index: number, delta: JsonObject): Generator<ModelEvent, void> {
    switch (delta['type']) {
      case 'text_delta':
        yield* this.#addText(index, textIn(delta, 'text'));
        break;
      case 'thinking_delta':
      case 'signature_delta':
        yield* this.#addThought(index, delta);
        break;
      case 'input_json_delta':
        this.#addInput(index, textIn(delta, 'partial_json') ?? '');
        break;
      default:
    }
  }

  *stop(index: number): Generator<ModelEvent, void> {
    const block = this.#open.get(index);
    if (block === undefined) return;
    this.#open.delete(index);
    if (block.type === 'thinking') yield* this.#sealThought(block);
    if (block.type === 'call' && block.whole !== '')
      this.#output.addCall({ index: block.part, arguments: settledInput(block) });
    if (block.type === 'other') yield this.#output.seal(sealedBlock(settledBlock(block)), block.part);
  }

  /** Some leave the ends of blocks out; the end of the turn is that of all of them. */
  *stopAll(): Generator<ModelEvent, void> {
    for (const index of this.#open.keys()) yield* this.stop(index);
  }

  #part(): number {
    this.#count += 1;
    if (this.#count > mostBlocks)
      throw new ServiceFailure({ type: 'oversized', what: `${mostBlocks} blocks in one turn` });
    return this.#output.openPart();
  }

  #begun(block: JsonObject): OpenBlock {
    const part = this.#part();
    switch (block['type']) {
      case 'text':
      case undefined:
        return { type: 'text', part };
      case 'thinking':
        return { type: 'thinking', part, signature: '', hasText: false };
      case 'tool_use':
        return this.#beginCall(part, block);
      default: {
        const kept = recordable(block) as JsonObject;
        this.#output.keep(kept);
        return { type: 'other', part, block: kept, pieces: [] };
      }
    }
  }

  #beginCall(part: number, block: JsonObject): OpenBlock {
    const id = textIn(block, 'id');
    const name = textIn(block, 'name');
    const caller = objectIn(block, 'caller');
    if (name !== undefined && name.trim() !== '') this.#callParts.push(part);
    this.#output.addCall({
      index: part,
      // A name of nothing is no name, and keeps the call apart from all others.
      name: name ?? ' ',
      ...(id === undefined || id.length > longestId ? {} : { id }),
      ...(caller === undefined ? {} : { sealed: recordable(sealedCaller(caller)) }),
      arguments: '',
    });
    return { type: 'call', part, whole: wholeInput(block), pieces: [] };
  }

  *#addText(index: number, text: string | undefined): Generator<ModelEvent, void> {
    if (text === undefined) return;
    const block = this.#open.get(index);
    if (block?.type === 'other') return;
    if (block?.type !== 'text') yield* this.start(index, { type: 'text' });
    yield this.#output.say({ type: 'text', text }, this.#open.get(index)?.part);
  }

  *#addThought(index: number, delta: JsonObject): Generator<ModelEvent, void> {
    if (this.#open.get(index)?.type !== 'thinking') {
      if (textIn(delta, 'thinking') === undefined) return;
      yield* this.start(index, { type: 'thinking' });
    }
    const block = this.#open.get(index);
    if (block?.type === 'thinking') yield* this.#think(block, textIn(delta, 'thinking'), textIn(delta, 'signature'));
  }

  *#think(
    block: Extract<OpenBlock, { type: 'thinking' }>,
    text: string | undefined,
    signature: string | undefined,
  ): Generator<ModelEvent, void> {
    if (signature !== undefined) {
      this.#output.keep(signature);
      block.signature += signature;
    }
    if (text === undefined) return;
    block.hasText = true;
    yield this.#output.say({ type: 'reasoning', text }, block.part);
  }

  /** Only a thought that has ended is sealed, so that one that was cut off never goes back. */
  *#sealThought({ hasText, part, signature }: Extract<OpenBlock, { type: 'thinking' }>): Generator<ModelEvent, void> {
    if (signature !== '' || (hasText && this.#takesUnsigned)) yield this.#output.seal(sealedThought(signature), part);
  }

  #addInput(index: number, text: string): void {
    const block = this.#open.get(index);
    if (block?.type === 'call' && block.whole === '') this.#output.addCall({ index: block.part, arguments: text });
    else if (block?.type === 'call' || block?.type === 'other') {
      this.#output.keep(text);
      block.pieces.push(text);
    }
  }
}
