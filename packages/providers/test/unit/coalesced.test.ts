import type { ModelEvent } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { coalesced } from '../../src/service/coalesced.js';

const text = (words: string, part = 0): ModelEvent => ({ type: 'text_delta', part, text: words });
const thought = (words: string, part = 1): ModelEvent => ({ type: 'reasoning_delta', part, text: words });
const notice: ModelEvent = { type: 'noticed', message: 'Look.' };

describe('words that came at once', () => {
  test('are told at once, in their order, each kind and each part by itself', () => {
    const events = [text('a'), text('b'), thought('c'), thought('d'), text('e', 2), text('f', 2), text('g', 3)];
    expect([...coalesced(events)]).toEqual([text('ab'), thought('cd'), text('ef', 2), text('g', 3)]);
  });

  test('are not carried past anything else', () => {
    expect([...coalesced([text('a'), notice, text('b')])]).toEqual([text('a'), notice, text('b')]);
    expect([...coalesced([notice])]).toEqual([notice]);
    expect([...coalesced([])]).toEqual([]);
  });

  test('are told before the failure that follows them', () => {
    const told: ModelEvent[] = [];
    const failing = function* (): Generator<ModelEvent, void> {
      yield text('a');
      yield text('b');
      throw new Error('broken');
    };
    expect(() => {
      for (const event of coalesced(failing())) told.push(event);
    }).toThrow('broken');
    expect(told).toEqual([text('ab')]);
  });
});
