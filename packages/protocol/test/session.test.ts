import { expect, test } from 'vitest';
import {
  type AgentEvent,
  applyEvent,
  durability,
  emptySession,
  foldSession,
  isDurable,
  nearest,
  userMessage,
} from '../src/index.js';

const usage = { input: 10, output: 2, reasoning: 1, cacheRead: 5, cacheWrite: 0 };

const model = { provider: 'groq', model: 'm' };

const events: readonly AgentEvent[] = [
  {
    type: 'run_started',
    task: 'do it',
    model,
    root: '/w',
    instructions: '',
    tools: [],
    sampling: {},
    maxSteps: 5,
    version: '0',
  },
  { type: 'message_added', step: 0, message: userMessage('do it') },
  { type: 'step_started', step: 1 },
  { type: 'model_called', step: 1, parameters: {}, retries: 0, firstTokenMs: 5, durationMs: 70 },
  { type: 'step_finished', step: 1, stop: 'tool_calls', usage: { ...usage, costUsd: 0.5 } },
  { type: 'step_finished', step: 2, stop: 'end', usage: null },
  { type: 'step_finished', step: 3, stop: 'end', usage },
  { type: 'run_finished', outcome: { status: 'completed', summary: 'ok' }, steps: 3 },
];

test('a session is the fold of its events, however it is folded', async () => {
  const stepwise = events.reduce(applyEvent, emptySession);
  expect(await foldSession(events)).toEqual(stepwise);
  expect(stepwise).toEqual({
    messages: [userMessage('do it')],
    usage: { input: 20, output: 4, reasoning: 2, cacheRead: 10, cacheWrite: 0, costUsd: 0.5 },
    stepsWithoutUsage: 1,
    stepsWithoutCost: 2,
    steps: 3,
    models: [
      {
        model,
        steps: 3,
        usage: { input: 20, output: 4, reasoning: 2, cacheRead: 10, cacheWrite: 0, costUsd: 0.5 },
        stepsWithoutUsage: 1,
        stepsWithoutCost: 2,
        durationMs: 70,
      },
    ],
    outcome: { status: 'completed', summary: 'ok' },
  });
});

test('events and sessions survive JSON', () => {
  expect(JSON.parse(JSON.stringify(events))).toEqual(events);
});

test('only what is shown and forgotten is not durable', () => {
  const ephemeral = Object.entries(durability).filter(([, kind]) => kind === 'ephemeral');
  expect(ephemeral.map(([type]) => type)).toEqual(['model_event', 'tool_reported']);
  expect(isDurable({ type: 'step_started', step: 1 })).toBe(true);
});

test.each([
  ['bsah', 'bash'],
  ['GROQ', 'groq'],
  ['openruoter', 'openrouter'],
])('%s was probably meant to be %s', (word, meant) => {
  expect(nearest(word, ['bash', 'task_done', 'groq', 'openrouter'])).toBe(meant);
});

test('a word far from everything has no nearest', () => {
  expect(nearest('kubernetes', ['bash', 'groq'])).toBeUndefined();
});
