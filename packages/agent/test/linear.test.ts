import type { ModelEvent, Tool } from '@trae-cli/protocol';
import { scriptedModel } from '@trae-cli/testkit';
import { expect, test, vi } from 'vitest';
import { CallIds } from '../src/calls/call-ids.js';
import { runAgent } from '../src/index.js';
import { optionsFor } from './collect.js';

/** A tool whose outputs count how often somebody looks at their text. */
function countingTool(): { readonly tool: Tool; readonly looks: () => number } {
  let looks = 0;
  const tool: Tool = {
    spec: { name: 'count', description: '', inputSchema: { type: 'object' } },
    effectOf: () => 'execute',
    async invoke() {
      const part = {
        type: 'text' as const,
        get text() {
          looks += 1;
          return 'x'.repeat(2_000);
        },
      };
      return { kind: 'output', content: [part] };
    },
  };
  return { tool, looks: () => looks };
}

const turn: readonly ModelEvent[] = [
  { type: 'tool_call_started', part: 0, id: 'call', name: 'count' },
  { type: 'tool_call_delta', part: 0, arguments: '{}' },
  { type: 'finished', stop: 'tool_calls', usage: null },
];

async function looksOver(steps: number): Promise<number> {
  const { tool, looks } = countingTool();
  const model = scriptedModel(() => turn, { traits: { contextWindow: 150_000 } });
  let prunings = 0;
  for await (const event of runAgent('Count.', optionsFor({ model, tools: [tool], maxSteps: steps }))) {
    if (event.type === 'history_pruned') prunings += 1;
  }
  expect(model.requests).toHaveLength(steps);
  expect(prunings).toBeGreaterThan(1);
  return looks();
}

test('over 1,000 steps, pruning included, each output is looked at a few times, however many there are', async () => {
  for (const steps of [500, 1_000]) expect(await looksOver(steps)).toBeLessThanOrEqual(steps * 5);
});

test('a free id is found at once, however often a model gives the same one to its calls', () => {
  const lookups = vi.spyOn(Set.prototype, 'has');
  try {
    const ids = new CallIds();
    const claimed = Array.from({ length: 1_000 }, () => {
      const id = ids.claim('call');
      ids.settleTurn();
      return id;
    });
    expect(claimed.at(-1)).toBe('call_1000');
    expect(lookups.mock.calls.length).toBeLessThan(1_000 * 10);
  } finally {
    lookups.mockRestore();
  }
});
