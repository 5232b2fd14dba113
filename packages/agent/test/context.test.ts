import {
  type Message,
  type ModelRequest,
  textOf,
  textOutput,
  TraeError,
  type Usage,
  userMessage,
} from '@trae-cli/protocol';
import { type ScriptedAnswer, scriptedModel, type ScriptedTurn } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { collect, messagesOf, ofType, type TestOptions } from './collect.js';
import { simpleTool } from './sample-tools.js';

const outputCharacters = 15_000;
const window = 60_000;
const bigTool = simpleTool('big', 'execute', async () => textOutput('x'.repeat(outputCharacters)));
const savedTool = simpleTool('saved', 'execute', async () =>
  textOutput('x'.repeat(outputCharacters), { outputFile: '/spilled/by/the/tool' }),
);

/** As a service with three characters a token would report it. */
const usageOf = (request: ModelRequest): Usage => ({
  input: Math.ceil(JSON.stringify(request).length / 3),
  output: 5,
  reasoning: 0,
  cacheRead: 0,
  cacheWrite: 0,
});

const calling = (name: string, request: ModelRequest): ScriptedAnswer => ({
  calls: [{ name }],
  usage: usageOf(request),
});

/** Calls the tool again and again, in a window of twelve outputs. */
async function longRun(steps: number, options: Partial<TestOptions> = {}, name = 'big') {
  const model = scriptedModel((request) => calling(name, request), { traits: { contextWindow: window } });
  const collected = await collect({ model, tools: [bigTool, savedTool], maxSteps: steps, ...options });
  return { ...collected, requests: model.requests };
}

const isStub = (message: Message): boolean => textOf(message.content).startsWith('[Old output left out');
const stubsIn = (request: ModelRequest | undefined) => request?.messages.filter(isStub) ?? [];
const sizeOf = (request: ModelRequest): number => JSON.stringify(request.messages).length / 3;

describe('a history that outgrows the window', () => {
  test('is made to fit before every request, by stubs for the oldest outputs alone', async () => {
    const { requests, events } = await longRun(60);
    for (const request of requests) {
      expect(sizeOf(request)).toBeLessThan(window);
      const outputs = request.messages.filter((message) => message.role === 'tool');
      const pruned = outputs.filter(isStub).length;
      expect(outputs.slice(0, pruned).every(isStub)).toBe(true);
      expect(outputs.slice(-4).some(isStub)).toBe(false);
      expect(request.messages[0]).toEqual(userMessage('Fix the bug.'));
    }
    expect(stubsIn(requests.at(-1)).length).toBeGreaterThan(40);
    expect(messagesOf(events).some(isStub)).toBe(false);
  });

  test('is pruned in large steps, so that most requests begin as the one before them', async () => {
    const { requests, events } = await longRun(60);
    const prunings = ofType(events, 'history_pruned');
    expect(prunings.length).toBeGreaterThan(5);
    expect(prunings.length).toBeLessThan(20);
    for (const pruning of prunings) {
      expect(pruning.outputs).toBeGreaterThanOrEqual(3);
      expect(pruning.estimatedTokens).toBeLessThan(0.55 * window);
    }
    const steps = new Set(prunings.map((pruning) => pruning.step));
    for (const [index, request] of requests.entries()) {
      const before = requests[index - 1]?.messages ?? [];
      const isPrefix = before.every((message, position) => request.messages[position] === message);
      expect(isPrefix).toBe(!steps.has(index + 1));
    }
  });

  test('keeps the very same stub once it has one', async () => {
    const { requests } = await longRun(60);
    const stubs = stubsIn(requests.at(-1));
    const firstSeen = stubs.map((stub) => requests.find((request) => request.messages.includes(stub)));
    expect(new Set(firstSeen).size).toBeGreaterThan(3);
    for (const [index, stub] of stubs.entries()) {
      const since = requests.slice(requests.indexOf(firstSeen[index] as ModelRequest));
      expect(since.every((request) => request.messages.includes(stub))).toBe(true);
    }
  });

  test('names the file of a spilled output, and how long the output was', async () => {
    const spilled = new Map<string, string>();
    const spill = async (callId: string, text: string) => {
      spilled.set(callId, text);
      return `/state/${callId}.txt`;
    };
    const { requests } = await longRun(20, { spill });
    const [stub] = stubsIn(requests.at(-1));
    expect(textOf(stub?.content ?? [])).toBe(
      '[Old output left out: 1 lines, 15000 characters. The whole of it: /state/call_1.txt]',
    );
    expect(spilled.get('call_1')).toBe('x'.repeat(outputCharacters));
    expect(stub).toMatchObject({ role: 'tool', callId: 'call_1', toolName: 'big', status: 'ok' });
  });

  test('names the file that the tool itself has written, and spills nothing twice', async () => {
    const spill = () => Promise.reject(new Error('must not be asked'));
    const { requests } = await longRun(20, { spill }, 'saved');
    const texts = stubsIn(requests.at(-1)).map((message) => textOf(message.content));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.every((text) => text.endsWith('The whole of it: /spilled/by/the/tool]'))).toBe(true);
  });

  test('keeps a short output as it is: a stub would be no shorter', async () => {
    const shortTool = simpleTool('short', 'execute', async () => textOutput('y'.repeat(500)));
    const names = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 'big' : 'short'));
    const script = names.map(
      (name): ScriptedTurn =>
        (request) =>
          calling(name, request),
    );
    const model = scriptedModel([...script, 'Done.'], { traits: { contextWindow: window } });
    await collect({ model, tools: [bigTool, shortTool] });
    const stubs = stubsIn(model.requests.at(-1));
    expect(stubs.length).toBeGreaterThan(2);
    expect(stubs.every((stub) => stub.role === 'tool' && stub.toolName === 'big')).toBe(true);
  });

  test('says so where an output could not be kept', async () => {
    const spill = () => Promise.reject(new Error('disk full'));
    const { requests, outcome } = await longRun(20, { spill });
    expect(outcome).toEqual({ status: 'stopped', reason: 'step_limit' });
    expect(textOf(stubsIn(requests.at(-1))[0]?.content ?? [])).toContain('Repeat the call if you need it.');
  });

  test('fits although the service never reports usage', async () => {
    const model = scriptedModel(() => ({ calls: [{ name: 'big' }], usage: null }), {
      traits: { contextWindow: window },
    });
    await collect({ model, tools: [bigTool], maxSteps: 40 });
    for (const request of model.requests) expect(sizeOf(request)).toBeLessThan(window);
  });

  test('fits a tokenizer that needs a token for every character, once it has reported', async () => {
    const dense = (request: ModelRequest): Usage => ({ ...usageOf(request), input: JSON.stringify(request).length });
    const model = scriptedModel((request) => ({ calls: [{ name: 'big' }], usage: dense(request) }), {
      traits: { contextWindow: 3 * window },
    });
    await collect({ model, tools: [bigTool], maxSteps: 40 });
    for (const request of model.requests) expect(JSON.stringify(request).length).toBeLessThan(3 * window);
  });

  test('is not believed to be small because a report leaves out what was cached', async () => {
    const model = scriptedModel((request) => ({ calls: [{ name: 'big' }], usage: { ...usageOf(request), input: 1 } }), {
      traits: { contextWindow: window },
    });
    await collect({ model, tools: [bigTool], maxSteps: 40 });
    for (const request of model.requests) expect(sizeOf(request)).toBeLessThan(window);
  });

  test('leaves room for the answer that was asked for', async () => {
    const { requests } = await longRun(40, { sampling: { maxOutput: 25_000 } });
    for (const request of requests) expect(sizeOf(request)).toBeLessThan(35_500);
  });

  test('is pruned in large steps even where a long answer was asked for', async () => {
    const model = scriptedModel((request) => calling('big', request), { traits: { contextWindow: 4 * window } });
    const sampling = { maxOutput: 2 * window };
    const { events } = await collect({ model, tools: [bigTool], maxSteps: 60, sampling });
    const prunings = ofType(events, 'history_pruned');
    expect(prunings.length).toBeGreaterThan(1);
    for (const pruning of prunings) expect(pruning.outputs).toBeGreaterThanOrEqual(5);
  });
});

test('the outputs of the last turn stay whole, however many they are: nobody has read them yet', async () => {
  const calls = Array.from({ length: 7 }, () => ({ name: 'big' }));
  const model = scriptedModel([{ calls }, { calls }, 'Done.'], { traits: { contextWindow: window } });
  await collect({ model, tools: [bigTool] });
  const outputs = model.requests[2]?.messages.filter((message) => message.role === 'tool') ?? [];
  expect(outputs.map(isStub)).toEqual([...calls.map(() => true), ...calls.map(() => false)]);
});

test('where most of the window cannot be pruned, pruning still comes in steps', async () => {
  const model = scriptedModel((request) => calling('big', request), { traits: { contextWindow: 6 * window } });
  const task = 'x'.repeat(0.75 * 6 * window * 3);
  const { events } = await collect({ model, tools: [bigTool], maxSteps: 40 }, undefined, task);
  const prunings = ofType(events, 'history_pruned');
  expect(prunings.length).toBeGreaterThan(1);
  for (const pruning of prunings) expect(pruning.outputs).toBeGreaterThanOrEqual(5);
});

describe('a history that cannot be made to fit', () => {
  const longTask = 'word '.repeat(10_000);

  test('fails with a hint before anything is sent', async () => {
    const model = scriptedModel([], { traits: { contextWindow: 8_000 } });
    const { outcome } = await collect({ model }, undefined, longTask);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'context_overflow' } });
    expect(outcome).toMatchObject({ error: { hint: expect.stringContaining('--context-window') } });
    expect(model.requests).toEqual([]);
  });

  test('is sent all the same where the window is only assumed: the service knows', async () => {
    const model = scriptedModel(['Done.'], { traits: { contextWindow: null, assumedContextWindow: 8_000 } });
    const { outcome } = await collect({ model }, undefined, longTask);
    expect(outcome).toEqual({ status: 'completed', summary: 'Done.' });
  });

  test('gives up even the newest output rather than the run', async () => {
    const huge = simpleTool('huge', 'execute', async () => textOutput('x'.repeat(60_000)));
    const model = scriptedModel([{ calls: [{ name: 'huge' }] }, 'Done.'], { traits: { contextWindow: 8_000 } });
    const { outcome } = await collect({ model, tools: [huge] });
    expect(outcome).toEqual({ status: 'completed', summary: 'Done.' });
    expect(stubsIn(model.requests[1])).toHaveLength(1);
  });
});

describe('a service that refuses a request as too long', () => {
  const tooLong = new TraeError('context_overflow', 'maximum context length is 4096 tokens');
  const calls: readonly ScriptedTurn[] = Array.from({ length: 6 }, () => ({ calls: [{ name: 'big' }] }));

  test('is asked once more with less, and the voided turn is told as a retry', async () => {
    const model = scriptedModel([...calls, tooLong, 'Done.']);
    const { outcome, events } = await collect({ model, tools: [bigTool] });
    expect(outcome).toEqual({ status: 'completed', summary: 'Done.' });
    const [first, second] = model.requests.slice(-2);
    expect(stubsIn(first)).toEqual([]);
    expect(stubsIn(second).length).toBeGreaterThanOrEqual(3);
    expect(ofType(events, 'model_called').at(-1)).toMatchObject({ step: 7, retries: 1 });
    expect(ofType(events, 'history_pruned')).toMatchObject([{ step: 7, outputs: stubsIn(second).length }]);
    expect(events).toContainEqual({
      type: 'model_event',
      step: 7,
      event: { type: 'retrying', attempt: 1, waitMs: 0, reason: 'context_overflow', message: tooLong.message },
    });
  });

  test('is sent less of the newest outputs too, where those are the trouble', async () => {
    const turn = { calls: Array.from({ length: 6 }, () => ({ name: 'big' })) };
    const model = scriptedModel([{ calls: [{ name: 'big' }] }, turn, tooLong, 'Done.']);
    const { outcome } = await collect({ model, tools: [bigTool] });
    expect(outcome).toEqual({ status: 'completed', summary: 'Done.' });
    expect(stubsIn(model.requests.at(-1)).length).toBeGreaterThanOrEqual(2);
  });

  test('and refuses again ends the run', async () => {
    const { outcome } = await collect({ model: scriptedModel([...calls, tooLong, tooLong]), tools: [bigTool] });
    expect(outcome).toEqual({ status: 'failed', error: tooLong.toRecord() });
  });

  test('is not asked again where nothing can be left out', async () => {
    const model = scriptedModel([tooLong]);
    const { outcome } = await collect({ model });
    expect(outcome).toEqual({ status: 'failed', error: tooLong.toRecord() });
    expect(model.requests).toHaveLength(1);
  });

  test('has taught what its window is', async () => {
    const model = scriptedModel([...calls, tooLong, ...calls, 'Done.']);
    await collect({ model, tools: [bigTool] });
    const refused = sizeOf(model.requests[6] as ModelRequest);
    for (const request of model.requests.slice(7)) expect(sizeOf(request)).toBeLessThan(refused);
  });
});

test('what a person attached is never pruned, and an image counts as one', async () => {
  const image = { type: 'image', mediaType: 'image/png', base64: 'A'.repeat(400_000) } as const;
  const task = { role: 'user', content: [{ type: 'text', text: 'Look.' }, image] } as const;
  const model = scriptedModel(['Done.'], { traits: { contextWindow: window } });
  const { outcome } = await collect({ model }, undefined, task);
  expect(outcome.status).toBe('completed');
  expect(model.requests[0]?.messages).toEqual([task]);
});
