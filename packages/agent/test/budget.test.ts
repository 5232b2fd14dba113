import type { Price, Usage } from '@trae-cli/protocol';
import { type ScriptedAnswer, scriptedModel } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import type { BudgetLimits } from '../src/index.js';
import { collect, ofType } from './collect.js';

const usage = (input: number, output: number, costUsd?: number): Usage => ({
  input,
  output,
  reasoning: 0,
  cacheRead: 0,
  cacheWrite: 0,
  ...(costUsd === undefined ? {} : { costUsd }),
});

const reading = (used: Usage | null): ScriptedAnswer => ({
  calls: [{ name: 'read', arguments: { path: 'a' } }],
  usage: used,
});

/** A model that would read for ever, each step taking what is given. */
const endless = (used: Usage | null, price?: Price) =>
  scriptedModel(() => reading(used), { traits: price === undefined ? {} : { price } });

const runWith = (budget: BudgetLimits, used: Usage | null, price?: Price) =>
  collect({ model: endless(used, price), budget });

describe('a budget of tokens', () => {
  test('ends the run after the step that uses it up, with the calls of that step answered', async () => {
    const { events, outcome } = await runWith({ maxTokens: 5000 }, usage(2000, 500));
    expect(outcome).toEqual({ status: 'stopped', reason: 'budget' });
    expect(ofType(events, 'tool_finished')).toHaveLength(ofType(events, 'step_finished').length);
    expect(events.at(-1)).toMatchObject({ type: 'run_finished', steps: ofType(events, 'step_finished').length });
  });

  test('is not passed by a request that is known to be longer than what is left', async () => {
    const model = endless(usage(4000, 10));
    await collect({ model, instructions: 'x'.repeat(12_000), budget: { maxTokens: 6000 } });
    expect(model.requests).toHaveLength(1);
  });

  test('that the first request would pass ends the run before it', async () => {
    const model = endless(usage(1, 1));
    const { outcome } = await collect({ model, budget: { maxTokens: 1 } });
    expect(outcome).toEqual({ status: 'stopped', reason: 'budget' });
    expect(model.requests).toHaveLength(0);
  });

  test('counts an estimate where the service reports nothing', async () => {
    const { outcome, events } = await runWith({ maxTokens: 3000 }, null);
    expect(outcome).toEqual({ status: 'stopped', reason: 'budget' });
    expect(ofType(events, 'step_finished').length).toBeGreaterThan(1);
  });

  test('does not take a completed run back', async () => {
    const model = scriptedModel([{ text: 'Done.', usage: usage(9000, 9000) }]);
    expect((await collect({ model, budget: { maxTokens: 5000 } })).outcome.status).toBe('completed');
  });
});

describe('a budget of money', () => {
  test('counts what the service says it costs', async () => {
    const { events, outcome } = await runWith({ maxCostUsd: 0.05 }, usage(10, 10, 0.02));
    expect(outcome).toEqual({ status: 'stopped', reason: 'budget' });
    expect(ofType(events, 'step_finished')).toHaveLength(3);
  });

  test('counts by the price of the model where the service says nothing', async () => {
    const price = { input: 10, output: 50 };
    const { events } = await runWith({ maxCostUsd: 1 }, usage(20_000, 4000), price);
    // 20,000 in and 4,000 out are 0.4 dollars.
    expect(ofType(events, 'step_finished')).toHaveLength(3);
  });

  test.each([
    ['not passed by a request that costs more than is left even from the cache', 10, 1],
    ['left for a request that may come from the cache', 1, 2],
  ])('is %s', async (_what, cacheRead, requests) => {
    const model = endless(usage(4000, 0), { input: 10, output: 50, cacheRead });
    // A step costs 0.04 dollars, and three thousand tokens and more are sent.
    await collect({ model, instructions: 'x'.repeat(12_000), budget: { maxCostUsd: 0.06 } });
    expect(model.requests).toHaveLength(requests);
  });

  test('fails where nobody knows what a step costs, and says what to do', async () => {
    const { outcome } = await runWith({ maxCostUsd: 1 }, usage(10, 10));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'usage' } });
    expect(JSON.stringify(outcome)).toContain('--max-total-tokens');
  });
});
