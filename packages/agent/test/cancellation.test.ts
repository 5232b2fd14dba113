import { type AgentEvent, type Message, type Model, textOutput, userMessage } from '@trae-cli/protocol';
import { createGate, scriptedModel, untilAborted } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { runAgent } from '../src/index.js';
import { collect, conversationOf, messagesOf, ofType, optionsFor } from './collect.js';
import { sampleTools, simpleTool } from './sample-tools.js';

const read = { name: 'read', arguments: { path: 'a' } };
const hang = { name: 'hang' };
const hangTool = simpleTool('hang', 'execute', (_input, { signal }) => untilAborted(signal));
const tools = [...sampleTools, hangTool];

/** Aborts with the reason when an event of that type is told. */
const abortAt = (type: AgentEvent['type'], reason?: unknown) => {
  const controller = new AbortController();
  const onEvent = (event: AgentEvent): void => {
    if (event.type === type) controller.abort(reason);
  };
  return { signal: controller.signal, onEvent };
};

describe('the reason of the abort', () => {
  test.each([
    ['time_limit', 'time_limit'],
    ['terminated', 'terminated'],
    ['anything else', 'cancelled'],
    [undefined, 'cancelled'],
    [new Error('Ctrl-C'), 'cancelled'],
  ])('%s stops the run as %s', async (reason, expected) => {
    const { signal, onEvent } = abortAt('tool_started', reason);
    const { outcome } = await collect({ model: scriptedModel([{ calls: [hang] }]), tools, signal }, onEvent);
    expect(outcome).toEqual({ status: 'stopped', reason: expected });
  });
});

test('a run that is aborted before it begins tells its task and asks nothing', async () => {
  const model = scriptedModel([]);
  const { events, outcome } = await collect({ model, signal: AbortSignal.abort('time_limit') });
  expect(outcome).toEqual({ status: 'stopped', reason: 'time_limit' });
  expect(events.map((event) => event.type)).toEqual(['run_started', 'message_added', 'run_finished']);
  expect(model.requests).toEqual([]);
});

test('an abort while the model speaks stops the run and forgets the half turn', async () => {
  const { signal, onEvent } = abortAt('model_event');
  const { events, outcome } = await collect({ model: scriptedModel([{ text: 'I', hang: true }]), signal }, onEvent);
  expect(outcome).toEqual({ status: 'stopped', reason: 'cancelled' });
  expect(conversationOf(events)).toEqual(['user: Fix the bug.']);
  expect(ofType(events, 'model_called')).toHaveLength(1);
});

test('a stream that ends quietly after an abort is a stopped run, not a broken stream', async () => {
  const { signal, onEvent } = abortAt('model_event');
  const model: Model = {
    ...traitsOfScripted(),
    async *stream() {
      yield { type: 'text_delta', part: 0, text: 'I' };
    },
  };
  expect((await collect({ model, signal }, onEvent)).outcome).toEqual({ status: 'stopped', reason: 'cancelled' });
});

const traitsOfScripted = () => {
  const { ref, traits } = scriptedModel([]);
  return { ref, traits };
};

test('an abort while a tool runs answers it and every call after it', async () => {
  const { signal, onEvent } = abortAt('tool_started');
  const model = scriptedModel([{ calls: [hang, read, { name: 'teleport' }] }]);
  const { events, outcome } = await collect({ model, tools, signal }, onEvent);
  expect(outcome).toEqual({ status: 'stopped', reason: 'cancelled' });
  expect(conversationOf(events).slice(2)).toEqual([
    'tool error: Not run: the run was cancelled.',
    'tool error: Not run: the run was cancelled.',
    'tool error: Not run: the run was cancelled.',
  ]);
  expect(ofType(events, 'tool_started').map((event) => event.name)).toEqual(['hang']);
  expect(ofType(events, 'tool_finished')).toHaveLength(1);
  expect(ofType(events, 'step_finished')).toHaveLength(1);
});

test('a tool that is stopped half-way has its own words kept, or is said to have been cancelled', async () => {
  const controller = new AbortController();
  const polite = simpleTool('polite', 'read', async (_input, context) => {
    context.report('begun');
    await untilAborted(context.signal).catch(() => undefined);
    return textOutput('got this far');
  });
  const rude = simpleTool('rude', 'read', (_input, { signal }) => untilAborted(signal));
  const model = scriptedModel([{ calls: [{ name: 'polite' }, { name: 'rude' }] }]);
  const { events } = await collect({ model, tools: [polite, rude], signal: controller.signal }, (event) => {
    if (event.type === 'tool_reported') controller.abort();
  });
  expect(conversationOf(events).slice(2)).toEqual([
    'tool ok: got this far',
    'tool error: Cancelled while it ran: it may have taken effect in part.',
  ]);
});

test('an abort just after a whole answer does not let it complete the run', async () => {
  const { signal, onEvent } = abortAt('model_called');
  const { outcome, events } = await collect({ model: scriptedModel(['Done.']), signal }, onEvent);
  expect(outcome).toEqual({ status: 'stopped', reason: 'cancelled' });
  expect(conversationOf(events).at(-1)).toBe('assistant: Done.');
});

test('a completion that has been verified stands, even when the run is aborted at that moment', async () => {
  const controller = new AbortController();
  const verify = async () => {
    controller.abort();
    return { allow: true } as const;
  };
  const model = scriptedModel([{ calls: [{ name: 'task_done', arguments: { summary: 'Done.' } }] }]);
  const { outcome } = await collect({ model, signal: controller.signal, verify });
  expect(outcome).toEqual({ status: 'completed', summary: 'Done.' });
});

test('nobody waits for an approval once the run is aborted', async () => {
  const controller = new AbortController();
  const approve = () => {
    controller.abort();
    return new Promise<never>(() => undefined);
  };
  const model = scriptedModel([{ calls: [read, read] }]);
  const { outcome, events } = await collect({ model, approve, signal: controller.signal });
  expect(outcome).toEqual({ status: 'stopped', reason: 'cancelled' });
  expect(conversationOf(events).slice(2)).toEqual([
    'tool error: Not run: the run was cancelled.',
    'tool error: Not run: the run was cancelled.',
  ]);
});

test('a run leaves no listener on its signal, however many steps it takes', async () => {
  let listeners = 0;
  const controller = new AbortController();
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...listener: Parameters<typeof add>) => {
    listeners += 1;
    add(...listener);
  };
  signal.removeEventListener = (...listener: Parameters<typeof remove>) => {
    listeners -= 1;
    remove(...listener);
  };
  const model = scriptedModel(() => ({ calls: [read] }));
  await collect({ model, signal, maxSteps: 10 }, () => expect(listeners).toBeLessThanOrEqual(1));
  expect(listeners).toBe(0);
});

describe('leaving early', () => {
  test('aborts the model and waits until its stream has closed', async () => {
    const log: string[] = [];
    const model: Model = {
      ...traitsOfScripted(),
      async *stream(_request, signal) {
        const stopped = untilAborted(signal).catch(() => log.push('aborted'));
        try {
          yield { type: 'text_delta', part: 0, text: 'I' };
        } finally {
          // Ends only by the signal: the abort has to come before the stream is asked to close.
          await stopped;
          log.push('closed');
        }
      },
    };
    for await (const event of runAgent('task', optionsFor({ model }))) if (event.type === 'model_event') break;
    expect(log).toEqual(['aborted', 'closed']);
  });

  test('aborts the tools and waits until they have ended', async () => {
    const log: string[] = [];
    const winding = createGate();
    const slowToEnd = simpleTool('slow', 'read', async (_input, context) => {
      context.report('begun');
      await untilAborted(context.signal).catch(() => log.push('aborted'));
      setImmediate(() => winding.open());
      await winding.opened;
      log.push('ended');
      throw new Error('and failed');
    });
    const model = scriptedModel([{ calls: [{ name: 'slow' }, { name: 'slow' }] }]);
    const options = optionsFor({ model, tools: [slowToEnd] });
    for await (const event of runAgent('task', options)) if (event.type === 'tool_reported') break;
    expect(log).toEqual(['aborted', 'aborted', 'ended', 'ended']);
  });

  test('before a tool begins means that it never does', async () => {
    let begun = 0;
    const counting = simpleTool('counting', 'execute', async () => textOutput(`${(begun += 1)}`));
    const options = optionsFor({ model: scriptedModel([{ calls: [{ name: 'counting' }] }]), tools: [counting] });
    for await (const event of runAgent('task', options)) if (event.type === 'tool_started') break;
    expect(begun).toBe(0);
  });
});

describe('a conversation that goes on', () => {
  const origin = { provider: 'scripted', model: 'scripted' };
  const call = (id: string) => ({ type: 'tool_call', id, name: 'read', arguments: '{}' }) as const;
  const answer = (callId: string): Message => ({ role: 'tool', callId, toolName: 'read', status: 'ok', content: [] });

  test('answers the calls a crash left open before the task, and tells so', async () => {
    const history: Message[] = [
      userMessage('before'),
      { role: 'assistant', content: [call('a'), call('b'), call('c')], origin },
      answer('a'),
    ];
    const model = scriptedModel(['Done.']);
    const { events } = await collect({ model, history });
    const told = messagesOf(events);
    expect(told.slice(0, 2)).toMatchObject([
      { role: 'tool', callId: 'b', status: 'error' },
      { role: 'tool', callId: 'c', status: 'error' },
    ]);
    expect(conversationOf(events)[0]).toMatch(/^tool error: Interrupted: /);
    expect(model.requests[0]?.messages).toEqual([...history, ...told.slice(0, 3)]);
  });

  test('has holes in the middle filled and stray answers dropped, in the request only', async () => {
    const history: Message[] = [
      answer('stray'),
      { role: 'assistant', content: [call('a')], origin },
      userMessage('next'),
      answer('a'),
    ];
    const model = scriptedModel(['Done.']);
    const { events } = await collect({ model, history });
    expect(model.requests[0]?.messages.map((message) => message.role)).toEqual(['assistant', 'tool', 'user', 'user']);
    expect(conversationOf(events)).toEqual(['user: Fix the bug.', 'assistant: Done.']);
  });

  test('is not touched', async () => {
    const history = Object.freeze([userMessage('before')]);
    await collect({ model: scriptedModel(['Done.']), history });
    expect(history).toEqual([userMessage('before')]);
  });
});
