import type { Model, ModelEvent, ModelTraits, Usage } from '@trae-cli/protocol';
import { probeSpeech } from '@trae-cli/providers';
import { scriptedModel, testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { never } from '../conversation.js';

const traits: ModelTraits = { contextWindow: null, assumedContextWindow: 1, images: false, parallelToolCalls: true };

const counted = (output: number): Usage => ({ input: 20, output, reasoning: 0, cacheRead: 0, cacheWrite: 0 });

const said = (text: string): ModelEvent => ({ type: 'text_delta', part: 0, text });
const sent: ModelEvent = { type: 'requested', parameters: {} };
const failing: ModelEvent = { type: 'retrying', attempt: 1, waitMs: 0, reason: 'rate_limited', message: 'Too many.' };
const end = (usage: Usage | null): ModelEvent => ({ type: 'finished', stop: 'end', usage });

/** Says events, and lets the milliseconds between them pass. */
async function timed(script: readonly (ModelEvent | number)[]) {
  const clock = testClock();
  const model: Model = {
    ref: { provider: 'timed', model: 'timed' },
    traits,
    async *stream() {
      for (const step of script) {
        if (typeof step === 'number') await clock.sleep(step, never);
        else yield step;
      }
    },
  };
  return probeSpeech(model, { clock, signal: never });
}

describe('a real answer', () => {
  test('is timed from the request to its first token, and counted from there on', async () => {
    const found = await timed([sent, 400, said('one'), 1000, said(' two'), 1000, end(counted(100))]);
    expect(found).toMatchObject({ firstTokenMs: 400, durationMs: 2400, tokensPerSecond: 50, delivery: 'in pieces' });
  });

  test('is not timed while nothing has been sent, nor while a request was refused', async () => {
    const found = await timed([5000, sent, 3000, failing, sent, 200, said('one'), 300, said('two'), end(counted(30))]);
    expect(found).toMatchObject({ firstTokenMs: 200, durationMs: 500, retries: ['Too many.'], tokensPerSecond: 100 });
  });

  test.each([
    ['whole', [sent, 900, said('one two'), 10, { ...end(counted(50)), isStreamed: false }]],
    ['in pieces', [sent, 900, said('one two'), 10, end(counted(50))]],
    ['held back', [sent, 5000, said('one'), 5, said('two'), 5, end(counted(50))]],
    ['in pieces', [sent, 5000, said('one'), 400, said('two'), end(counted(50))]],
    // A service may well be that fast.
    ['in pieces', [sent, 100, said('one'), 1, said('two'), end(counted(50))]],
  ] as const)('comes %s', async (delivery, script) => {
    expect(await timed(script)).toMatchObject({ delivery });
  });

  test.each([
    ['nobody counted', [sent, said('one'), 900, said('two'), end(null)]],
    ['too little was said', [sent, said('one'), 900, said('two'), end(counted(3))]],
    ['it came at once', [sent, said('one'), 2, said('two'), end(counted(30))]],
  ] as const)('has no speed where %s', async (_, script) => {
    expect((await timed(script)).tokensPerSecond).toBeNull();
  });

  test('is asked for with the sampling of a run', async () => {
    const model = scriptedModel(['one two']);
    const found = await probeSpeech(model, { clock: testClock(), signal: never, sampling: { temperature: 0.5 } });
    expect(model.requests[0]?.sampling).toEqual({ temperature: 0.5 });
    expect(found).toMatchObject({ text: 'one two', stop: 'end', notices: [] });
  });
});
