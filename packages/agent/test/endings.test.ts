import { type ModelEvent, textOutput, TraeError, type Verdict } from '@trae-cli/protocol';
import { scriptedModel } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { collect, conversationOf, ofType } from './collect.js';
import { readTool, simpleTool } from './sample-tools.js';

const nudge = 'Go on.';
const done = (summary?: string) => ({
  calls: [{ name: 'task_done', arguments: summary === undefined ? {} : { summary } }],
});
const refuseOnce = (reason: string) => {
  const verdicts: Verdict[] = [{ allow: false, reason }];
  return async (): Promise<Verdict> => verdicts.pop() ?? { allow: true };
};

describe('completion', () => {
  test('task_done completes the run with its summary', async () => {
    const { outcome, events } = await collect({ model: scriptedModel([done('Fixed.')]) });
    expect(outcome).toEqual({ status: 'completed', summary: 'Fixed.' });
    expect(events.at(-1)).toEqual({ type: 'run_finished', outcome, steps: 1 });
  });

  test('a summary that is missing is the last text of the run', async () => {
    const model = scriptedModel([
      { text: 'All is well.', calls: [{ name: 'read', arguments: { path: 'a' } }] },
      done(),
    ]);
    expect((await collect({ model })).outcome).toEqual({ status: 'completed', summary: 'All is well.' });
  });

  test('a summary that is missing is not taken from an earlier run', async () => {
    const history = (await collect({ model: scriptedModel(['Old news.']) })).events;
    const messages = ofType(history, 'message_added').map((event) => event.message);
    const { outcome } = await collect({ model: scriptedModel([done()]), history: messages });
    expect(outcome).toEqual({ status: 'completed', summary: '' });
  });

  test('text without a call completes the run', async () => {
    expect((await collect({ model: scriptedModel(['The answer is 42.']) })).outcome).toEqual({
      status: 'completed',
      summary: 'The answer is 42.',
    });
  });

  test('a refused task_done is answered with the reason, and the loop goes on', async () => {
    const model = scriptedModel([done('one'), done('two')]);
    const { outcome, events } = await collect({ model, verify: refuseOnce('Nothing was changed.') });
    expect(outcome).toEqual({ status: 'completed', summary: 'two' });
    expect(conversationOf(events)).toEqual([
      'user: Fix the bug.',
      'assistant: +task_done',
      'tool error: Nothing was changed.',
      'assistant: +task_done',
      'tool ok: The task is done.',
    ]);
    expect(ofType(events, 'tool_finished').map((event) => event.status)).toEqual(['error', 'ok']);
  });

  test('a refused text is followed by a user message with the reason', async () => {
    const model = scriptedModel(['Done.', 'Really done.']);
    const { outcome, events } = await collect({ model, verify: refuseOnce('Nothing was changed.') });
    expect(outcome).toEqual({ status: 'completed', summary: 'Really done.' });
    expect(conversationOf(events)[2]).toBe('user: Nothing was changed.');
  });

  test('a check that cannot be made fails the run, and the call is answered', async () => {
    const verify = () => Promise.reject(new TraeError('usage', 'git is not installed.', { hint: 'Install git.' }));
    const { outcome, events } = await collect({ model: scriptedModel([done('x')]), verify });
    expect(outcome).toEqual({
      status: 'failed',
      error: { code: 'usage', message: 'git is not installed.', hint: 'Install git.' },
    });
    expect(conversationOf(events).at(-1)).toBe(
      'tool error: Whether the task is done could not be checked: git is not installed.',
    );
  });

  test('a check that throws at once is a failed run too', async () => {
    const verify = (): Promise<Verdict> => {
      throw new Error('boom');
    };
    expect((await collect({ model: scriptedModel(['Done.']), verify })).outcome).toMatchObject({
      status: 'failed',
      error: { code: 'internal', message: 'boom' },
    });
  });
});

describe('answers that say nothing', () => {
  test('are nudged twice, then the run stops', async () => {
    const { outcome, events } = await collect({
      model: scriptedModel([{}, { text: ' \n' }, { reasoning: 'hm' }]),
      nudge,
    });
    expect(outcome).toEqual({ status: 'stopped', reason: 'no_answer' });
    expect(conversationOf(events).filter((line) => line === 'user: Go on.')).toHaveLength(2);
    expect(ofType(events, 'step_finished')).toHaveLength(3);
  });

  test('are counted in a row: a call in between restores the patience', async () => {
    const call = { calls: [{ name: 'read', arguments: { path: 'a' } }] };
    const { outcome } = await collect({ model: scriptedModel([{}, {}, call, {}, {}, 'Done.']), nudge });
    expect(outcome).toEqual({ status: 'completed', summary: 'Done.' });
  });

  test('simply end a run that has no nudge', async () => {
    const { outcome } = await collect({ model: scriptedModel([{}]) });
    expect(outcome).toEqual({ status: 'completed', summary: '' });
  });

  test('are recorded, and left out of the requests that follow', async () => {
    const model = scriptedModel([{ reasoning: 'hm' }, 'Done.']);
    const { events } = await collect({ model, nudge });
    expect(conversationOf(events)).toEqual(['user: Fix the bug.', 'assistant: hm', 'user: Go on.', 'assistant: Done.']);
    expect(model.requests[1]?.messages.map((message) => message.role)).toEqual(['user', 'user']);
  });
});

describe('answers that are cut short', () => {
  test('at the length limit never run their calls, which are answered with the way on', async () => {
    const model = scriptedModel([{ calls: [{ name: 'write', arguments: '{"path":"a' }], stop: 'length' }, 'Done.']);
    const { events, outcome } = await collect({ model });
    expect(outcome.status).toBe('completed');
    expect(ofType(events, 'tool_started')).toEqual([]);
    expect(conversationOf(events)[2]).toMatch(/^tool error: Not run: your answer was cut off .* smaller pieces\.$/);
  });

  test('at the length limit without a call are followed by a hint', async () => {
    const { events } = await collect({ model: scriptedModel([{ text: 'I wi', stop: 'length' }, 'Done.']) });
    expect(conversationOf(events)[2]).toMatch(/^user: Your answer was cut off/);
  });

  test('at the length limit three times in a row fail the run', async () => {
    const cutOff = { text: 'and', stop: 'length' } as const;
    const { outcome, events } = await collect({ model: scriptedModel([cutOff, cutOff, cutOff]) });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'answer_truncated' } });
    expect(conversationOf(events).filter((line) => line.startsWith('user: Your answer'))).toHaveLength(2);
  });

  test('at the length limit now and then do not', async () => {
    const cutOff = { text: 'and', stop: 'length' } as const;
    const call = { calls: [{ name: 'read', arguments: { path: 'a' } }] };
    const { outcome } = await collect({ model: scriptedModel([cutOff, cutOff, call, cutOff, cutOff, 'Done.']) });
    expect(outcome.status).toBe('completed');
  });

  test('by a filter fail at once, their calls answered and not run', async () => {
    const model = scriptedModel([{ calls: [{ name: 'write', arguments: { path: 'a' } }], stop: 'filtered' }]);
    const { outcome, events } = await collect({ model });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'answer_filtered' } });
    expect(ofType(events, 'tool_started')).toEqual([]);
    expect(conversationOf(events).at(-1)).toBe('tool error: Not run: your answer was stopped by a content filter.');
  });

  test.each(['end', 'tool_calls', 'other'] as const)(
    'for no such reason (%s) are judged by what is in them',
    async (stop) => {
      const model = scriptedModel([
        { calls: [{ name: 'read', arguments: { path: 'a' } }], stop },
        { text: 'Done.', stop },
      ]);
      const { outcome, events } = await collect({ model });
      expect(outcome).toEqual({ status: 'completed', summary: 'Done.' });
      expect(ofType(events, 'tool_finished').map((event) => event.status)).toEqual(['ok']);
    },
  );
});

describe('a model that fails', () => {
  test('ends the run with the record of its error', async () => {
    const error = new TraeError('credentials_rejected', 'The key was refused.', { hint: 'Check GROQ_API_KEY.' });
    const { outcome, events } = await collect({ model: scriptedModel([error]) });
    expect(outcome).toEqual({
      status: 'failed',
      error: { code: 'credentials_rejected', message: 'The key was refused.', hint: 'Check GROQ_API_KEY.' },
    });
    expect(events.map((event) => event.type)).toEqual([
      'run_started',
      'message_added',
      'step_started',
      'model_event',
      'model_called',
      'run_finished',
    ]);
    expect(events.at(-1)).toMatchObject({ steps: 0 });
  });

  test('with something that is not an error of ours is an internal failure', async () => {
    const model = scriptedModel(() => {
      throw new RangeError('out of range');
    });
    expect((await collect({ model })).outcome).toMatchObject({
      status: 'failed',
      error: { code: 'internal', message: 'out of range' },
    });
  });

  test('to say that it has finished is a broken stream, and what it said is forgotten', async () => {
    const said: ModelEvent[] = [{ type: 'text_delta', part: 0, text: 'I was about to' }];
    const { outcome, events } = await collect({ model: scriptedModel([said]) });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'stream_broken' } });
    expect(conversationOf(events)).toEqual(['user: Fix the bug.']);
  });
});

test('a run stops after the given number of model calls, with every call answered', async () => {
  const model = scriptedModel(() => ({ calls: [{ name: 'read', arguments: { path: 'a' } }] }));
  const { outcome, events } = await collect({ model, maxSteps: 3 });
  expect(outcome).toEqual({ status: 'stopped', reason: 'step_limit' });
  expect(model.requests).toHaveLength(3);
  expect(ofType(events, 'tool_finished')).toHaveLength(3);
  expect(events.at(-1)).toMatchObject({ type: 'run_finished', steps: 3 });
});

test('a clock that fails at any moment ends the run instead of escaping from it, and no tool is left running', async () => {
  for (let failing = 1; failing <= 8; failing += 1) {
    let running = 0;
    const slow = simpleTool('slow', 'read', async () => {
      running += 1;
      await new Promise<void>((resolve) => setImmediate(resolve));
      running -= 1;
      return textOutput('');
    });
    let asked = 0;
    const now = (): number => {
      asked += 1;
      if (asked === failing) throw new Error('no clock');
      return asked;
    };
    const model = scriptedModel([{ calls: [{ name: 'slow' }, { name: 'read', arguments: { path: 'a' } }] }, 'Done.']);
    const { outcome, events } = await collect({ model, now, tools: [slow, readTool] });
    expect(outcome).toEqual({ status: 'failed', error: { code: 'internal', message: 'no clock' } });
    expect(ofType(events, 'run_finished')).toHaveLength(1);
    expect(running).toBe(0);
  }
});
