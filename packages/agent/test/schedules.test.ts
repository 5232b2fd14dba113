import type { AgentEvent } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { runAgent } from '../src/index.js';
import { deepFreeze, ofType } from './collect.js';
import { expectSound, expectWhole } from './invariants.js';
import { randomSchedule } from './random-schedule.js';

const seeds = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index);

type Interruption = { readonly at: number; readonly by: 'leaving' | 'aborting' };

/** Plays a schedule to its end, or interrupts it at one of its events; checks what must hold either way. */
async function play(seed: number, interruption?: Interruption): Promise<readonly AgentEvent[]> {
  const { options, witness } = randomSchedule(seed);
  const controller = new AbortController();
  const events: AgentEvent[] = [];
  for await (const event of runAgent('Fix it.', { ...options, signal: controller.signal })) {
    events.push(deepFreeze(event));
    if (interruption?.at !== events.length - 1) continue;
    if (interruption.by === 'leaving') break;
    controller.abort();
  }
  await (interruption?.by === 'leaving' ? expectSound : expectWhole)(events, witness);
  return events;
}

const outcomeOf = (events: readonly AgentEvent[]): string => {
  const outcome = ofType(events, 'run_finished')[0]?.outcome;
  if (outcome === undefined) return 'none';
  if (outcome.status === 'completed') return 'completed';
  return outcome.status === 'stopped' ? outcome.reason : outcome.error.code;
};

test('hundreds of random runs keep what is always promised, and end in every way there is', async () => {
  const outcomes = new Set<string>();
  for (const seed of seeds(0, 600)) outcomes.add(outcomeOf(await play(seed)));
  expect([...outcomes].sort()).toEqual([
    'answer_filtered',
    'answer_truncated',
    'completed',
    'context_overflow',
    'no_answer',
    'provider_unavailable',
    'step_limit',
    'stream_broken',
  ]);
});

test('the same schedule gives the same events', async () => {
  for (const seed of seeds(0, 20)) expect(await play(seed)).toEqual(await play(seed));
});

test('random runs keep their promises when aborted at any of their events', async () => {
  for (const seed of seeds(1_000, 40)) {
    const whole = await play(seed);
    for (let at = 0; at < whole.length; at += 1) {
      const outcome = outcomeOf(await play(seed, { at, by: 'aborting' }));
      // What was decided before the abort stands.
      expect(['cancelled', outcomeOf(whole)]).toContain(outcome);
    }
  }
});

test('random runs keep their promises when their reader leaves at any of their events', async () => {
  for (const seed of seeds(2_000, 40)) {
    const whole = await play(seed);
    for (let at = 0; at < whole.length; at += 1) {
      expect(await play(seed, { at, by: 'leaving' })).toEqual(whole.slice(0, at + 1));
    }
  }
});
