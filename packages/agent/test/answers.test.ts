import { defineTool, failure, type Message, textOutput, type Tool } from '@trae-cli/protocol';
import { createGate, type ScriptedCall, scriptedModel } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { collect, conversationOf, messagesOf, ofType } from './collect.js';
import { readTool, sampleTools, simpleTool } from './sample-tools.js';

const read = (path: string): ScriptedCall => ({ name: 'read', arguments: { path } });
const write = (path: string): ScriptedCall => ({ name: 'write', arguments: { path } });
const done: ScriptedCall = { name: 'task_done', arguments: { summary: 'Done.' } };

/** One turn with these calls, then the end. */
const turnOf = (...calls: readonly ScriptedCall[]) => scriptedModel([{ calls }, 'Done.']);

const answersTo = async (calls: readonly ScriptedCall[], tools: readonly Tool[] = sampleTools) => {
  const { events } = await collect({ model: turnOf(...calls), tools });
  return conversationOf(events).slice(2, 2 + calls.length);
};

describe('every call is answered', () => {
  test('by its output', async () => {
    expect(await answersTo([read('a'), write('b')])).toEqual(['tool ok: content of a', 'tool ok: wrote b']);
  });

  test('by its failure, or by what it threw', async () => {
    expect(await answersTo([{ name: 'fail' }, { name: 'throw' }])).toEqual([
      'tool error: It did not work.',
      'tool error: throw failed unexpectedly: the disk is on fire',
    ]);
  });

  test('when it throws before it promises anything, or throws something odd', async () => {
    const odd: Tool = {
      spec: { name: 'odd', description: '', inputSchema: { type: 'object' } },
      effectOf: () => {
        throw new Error('no effect');
      },
      invoke: () => {
        // oxlint-disable-next-line typescript/only-throw-error -- what third-party tools do
        throw 'a string';
      },
    };
    expect(await answersTo([{ name: 'odd' }], [odd])).toEqual(['tool error: odd failed unexpectedly: a string']);
  });

  test('when its arguments are malformed, and its siblings run', async () => {
    const answers = await answersTo([{ name: 'write', arguments: '{"path":' }, write('b')]);
    expect(answers[0]).toMatch(/^tool error: The arguments were not valid JSON/);
    expect(answers[1]).toBe('tool ok: wrote b');
  });

  test('when there is no such tool, with the nearest and the list', async () => {
    expect(await answersTo([{ name: 'wrte' }, { name: 'teleport' }, read('a')])).toEqual([
      'tool error: There is no tool "wrte". Did you mean write? The tools are: read, write, fail, throw, task_done.',
      'tool error: There is no tool "teleport". The tools are: read, write, fail, throw, task_done.',
      'tool ok: content of a',
    ]);
    expect(await answersTo([{ name: 'read' }], [])).toEqual([
      'tool error: There is no tool "read": this run has no tools. Answer in words.',
    ]);
  });

  test.each(['Read', 'read<|x|>', 'functions.read', 'functions.read:0', ' read '])(
    'and %o is taken for read',
    async (name) => {
      const { events } = await collect({ model: turnOf({ name, arguments: { path: 'a' } }) });
      expect(ofType(events, 'tool_started').map((event) => event.name)).toEqual(['read']);
      expect(messagesOf(events)[2]).toMatchObject({ toolName: name, status: 'ok' });
    },
  );

  test('and a name that fits two tools fits none', async () => {
    const twins = [
      simpleTool('Go', 'read', async () => textOutput('1')),
      simpleTool('go', 'read', async () => textOutput('2')),
    ];
    expect((await answersTo([{ name: 'GO' }], twins))[0]).toContain('There is no tool "GO".');
    expect(await answersTo([{ name: 'go' }], twins)).toEqual(['tool ok: 2']);
  });
});

describe('calls beside task_done', () => {
  test('run before it and are answered without being run after it', async () => {
    const { events, outcome } = await collect({ model: turnOf(read('a'), done, write('b'), read('c')) });
    expect(outcome).toEqual({ status: 'completed', summary: 'Done.' });
    expect(conversationOf(events).slice(2)).toEqual([
      'tool ok: content of a',
      'tool ok: The task is done.',
      'tool error: Not run: it came after the call that declared the task done.',
      'tool error: Not run: it came after the call that declared the task done.',
    ]);
  });

  test('are not run after it even where it was refused', async () => {
    const verify = async () => ({ allow: false, reason: 'No.' }) as const;
    const { events } = await collect({ model: turnOf(done, write('b')), verify, maxSteps: 1 });
    expect(conversationOf(events).slice(2)).toEqual([
      'tool error: No.',
      'tool error: Not run: it came after the call that declared the task done.',
    ]);
  });

  test('run after it where it failed for its arguments', async () => {
    const answers = await answersTo([{ name: 'task_done', arguments: '[' }, write('b')]);
    expect(answers[1]).toBe('tool ok: wrote b');
  });

  test('of the same name are not run: the first wins', async () => {
    const second = { name: 'task_done', arguments: { summary: 'Second.' } };
    const { outcome } = await collect({ model: turnOf(done, second) });
    expect(outcome).toEqual({ status: 'completed', summary: 'Done.' });
  });

  test('where a read claims completion: the first claim in the order asked wins, whichever ended first', async () => {
    const gate = createGate();
    const slow = simpleTool('slow', 'read', async () => {
      await gate.opened;
      return { kind: 'completion', summary: 'slow' };
    });
    const quick = simpleTool('quick', 'read', async () => ({ kind: 'completion', summary: 'quick' }));
    const model = turnOf({ name: 'slow' }, { name: 'quick' });
    const { outcome } = await collect({ model, tools: [slow, quick] }, (event) => {
      if (event.type === 'tool_finished') gate.open();
    });
    expect(outcome).toEqual({ status: 'completed', summary: 'slow' });
  });
});

describe('neighbouring reads', () => {
  test('run together and are answered in the order asked', async () => {
    const gate = createGate();
    const slow = simpleTool('slow', 'read', async () => {
      await gate.opened;
      return textOutput('slow');
    });
    const quick = simpleTool('quick', 'read', async () => textOutput('quick'));
    const model = turnOf({ name: 'slow' }, { name: 'quick' });
    const { events } = await collect({ model, tools: [slow, quick] }, (event) => {
      if (event.type === 'tool_finished') gate.open();
    });
    expect(events.filter((event) => event.type.startsWith('tool_')).map((event) => event.type)).toEqual([
      'tool_started',
      'tool_started',
      'tool_finished',
      'tool_finished',
    ]);
    expect(ofType(events, 'tool_finished').map((event) => event.callId)).toEqual(['call_2', 'call_1']);
    expect(conversationOf(events).slice(2, 4)).toEqual(['tool ok: slow', 'tool ok: quick']);
  });

  test('are split by anything else, which runs alone and in its turn', async () => {
    const running = new Set<string>();
    const seen: string[] = [];
    const watched = (name: string, effect: 'read' | 'write') =>
      simpleTool(name, effect, async () => {
        running.add(name);
        await Promise.resolve();
        seen.push([...running].join('+'));
        running.delete(name);
        return textOutput('');
      });
    const tools = [watched('a', 'read'), watched('b', 'read'), watched('w', 'write'), watched('c', 'read')];
    await collect({ model: turnOf({ name: 'a' }, { name: 'b' }, { name: 'w' }, { name: 'c' }), tools });
    expect(seen).toEqual(['a+b', 'b', 'w', 'c']);
  });

  test('have an effect of their own where the effect depends on the input', async () => {
    let running = 0;
    let most = 0;
    const either = defineTool({
      name: 'either',
      description: '',
      effect: ({ mode }) => (mode === 'view' ? 'read' : 'write'),
      input: z.object({ mode: z.string() }),
      run: async ({ mode }) => {
        most = Math.max(most, (running += 1));
        await Promise.resolve();
        running -= 1;
        return textOutput(mode);
      },
    });
    const call = (mode: string): ScriptedCall => ({ name: 'either', arguments: { mode } });
    await collect({ model: turnOf(call('create'), call('create')), tools: [either] });
    expect(most).toBe(1);
    await collect({ model: turnOf(call('view'), call('view')), tools: [either] });
    expect(most).toBe(2);
  });
});

test('a tool begins only after its start has been told', async () => {
  const told: string[] = [];
  const watched = simpleTool('watched', 'read', async () => {
    told.push('begun');
    return textOutput('');
  });
  const model = turnOf({ name: 'watched' }, { name: 'watched' });
  await collect({ model, tools: [watched] }, (event) => {
    if (event.type === 'tool_started') told.push('started');
  });
  expect(told).toEqual(['started', 'started', 'begun', 'begun']);
});

test('progress is told while the tool runs, and not after it, even if a neighbour still runs', async () => {
  let late: (text: string) => void = () => undefined;
  const gate = createGate();
  const talking = simpleTool('talking', 'read', async (_input, context) => {
    context.report('half');
    late = (text) => context.report(text);
    return textOutput('whole');
  });
  const waiting = simpleTool('waiting', 'read', async () => {
    await gate.opened;
    return textOutput('');
  });
  const model = turnOf({ name: 'talking' }, { name: 'waiting' });
  const { events } = await collect({ model, tools: [talking, waiting] }, (event) => {
    if (event.type !== 'tool_finished') return;
    late('too late');
    gate.open();
  });
  expect(ofType(events, 'tool_reported')).toEqual([{ type: 'tool_reported', step: 1, callId: 'call_1', text: 'half' }]);
});

test('a tool that reports without end does not fill the memory', async () => {
  const chatty = simpleTool('chatty', 'execute', async (_input, context) => {
    for (let line = 0; line < 100_000; line += 1) context.report(`line ${line}`);
    return textOutput('end');
  });
  const { events } = await collect({ model: turnOf({ name: 'chatty' }), tools: [chatty] });
  expect(ofType(events, 'tool_reported').length).toBeLessThan(1_000);
  expect(conversationOf(events)[2]).toBe('tool ok: end');
});

test('what a tool tells about its result is in tool_finished, the content in the message alone', async () => {
  const tool = simpleTool('t', 'execute', async () => textOutput('out', { exitCode: 0 }));
  const bad = simpleTool('bad', 'execute', async () => failure('no', { exitCode: 1 }));
  const { events } = await collect({ model: turnOf({ name: 't' }, { name: 'bad' }), tools: [tool, bad] });
  expect(ofType(events, 'tool_finished').map(({ status, details }) => ({ status, details }))).toEqual([
    { status: 'ok', details: { exitCode: 0 } },
    { status: 'error', details: { exitCode: 1 } },
  ]);
});

describe('ids of calls', () => {
  const callsIn = (messages: readonly Message[]) =>
    messages.flatMap((message) => message.content.flatMap((part) => (part.type === 'tool_call' ? [part.id] : [])));
  const answersIn = (messages: readonly Message[]) =>
    messages.flatMap((message) => (message.role === 'tool' ? [message.callId] : []));

  test('that a model repeats across turns are made unique, in the same way everywhere', async () => {
    const turn = { calls: [{ ...read('a'), id: 'c' }] };
    const { events } = await collect({ model: scriptedModel([turn, turn, turn, 'Done.']) });
    const expected = ['c', 'c_2', 'c_3'];
    expect(callsIn(messagesOf(events))).toEqual(expected);
    expect(answersIn(messagesOf(events))).toEqual(expected);
    expect(ofType(events, 'tool_started').map((event) => event.callId)).toEqual(expected);
    const streamed = ofType(events, 'model_event').flatMap(({ event }) =>
      event.type === 'tool_call_started' ? [event.id] : [],
    );
    expect(streamed).toEqual(expected);
  });

  test('that are repeated within a turn, missing, or taken by the history are made unique', async () => {
    const history: Message[] = [
      { role: 'user', content: [{ type: 'text', text: 'before' }] },
      {
        role: 'assistant',
        content: [{ type: 'tool_call', id: 'c', name: 'read', arguments: '{}' }],
        origin: readOrigin,
      },
      { role: 'tool', callId: 'c', toolName: 'read', status: 'ok', content: [] },
    ];
    const calls = [
      { ...read('a'), id: 'c' },
      { ...read('b'), id: 'c' },
      { ...read('c'), id: '' },
    ];
    const { events } = await collect({ model: scriptedModel([{ calls }, 'Done.']), history });
    expect(callsIn(messagesOf(events))).toEqual(['c_2', 'c_3', 'call']);
  });

  test('that were said before a retry are free again, and a long one stays within 40 characters', async () => {
    const id = 'x'.repeat(40);
    const started = { type: 'tool_call_started', part: 0, id, name: 'read' } as const;
    const said = { type: 'tool_call_delta', part: 0, arguments: '{"path":"a"}' } as const;
    const retrying = { type: 'retrying', attempt: 1, waitMs: 0, reason: 'stream_broken', message: '' } as const;
    const finished = { type: 'finished', stop: 'tool_calls', usage: null } as const;
    const turn = [started, retrying, started, said, finished];
    const { events } = await collect({ model: scriptedModel([turn, turn, 'Done.']) });
    const expected = [id, `${'x'.repeat(38)}_2`];
    expect(callsIn(messagesOf(events))).toEqual(expected);
    const again = await collect({ model: scriptedModel([turn, 'Done.']), history: messagesOf(events) });
    expect(callsIn(messagesOf(again.events))).toEqual([`${'x'.repeat(38)}_3`]);
  });
});

const readOrigin = { provider: 'scripted', model: 'scripted' };

describe('approval', () => {
  test('lets a call run, and is told', async () => {
    const { events } = await collect({ model: turnOf(read('a')), approve: async () => ({ allow: true, by: 'rule' }) });
    expect(ofType(events, 'approval_decided')).toEqual([
      { type: 'approval_decided', step: 1, callId: 'call_1', verdict: { allow: true }, by: 'rule' },
    ]);
    expect(conversationOf(events)[2]).toBe('tool ok: content of a');
  });

  test('that is denied answers the call with the reason and does not start it', async () => {
    const approve = async () => ({ allow: false, reason: 'Too risky.' }) as const;
    const { events } = await collect({ model: turnOf(write('a')), approve });
    expect(conversationOf(events)[2]).toBe('tool error: Not run: this call was not allowed. Too risky.');
    expect(ofType(events, 'tool_started')).toEqual([]);
    expect(ofType(events, 'approval_decided')[0]).toMatchObject({ by: 'person', verdict: { allow: false } });
  });

  test('may change the arguments, and the model is told', async () => {
    const approve = async () => ({ allow: true, arguments: '{"path":"b"}' }) as const;
    const { events } = await collect({ model: turnOf(read('a')), approve });
    expect(conversationOf(events)[2]).toBe(
      'tool ok: It ran with other arguments than yours: {"path":"b"} content of b',
    );
  });

  test('that makes something else of a read makes the whole batch run one after the other', async () => {
    let running = 0;
    let most = 0;
    const mode = defineTool({
      name: 'mode',
      description: '',
      effect: ({ write: writes }) => (writes ? 'write' : 'read'),
      input: z.object({ write: z.boolean().default(false) }),
      run: async () => {
        most = Math.max(most, (running += 1));
        await Promise.resolve();
        running -= 1;
        return textOutput('');
      },
    });
    const approve = async () => ({ allow: true, arguments: '{"write":true}' }) as const;
    await collect({ model: turnOf({ name: 'mode' }, { name: 'mode' }), tools: [mode], approve });
    expect(most).toBe(1);
  });

  test('that cannot be asked for is a denial', async () => {
    const { events } = await collect({
      model: turnOf(write('a')),
      approve: () => Promise.reject(new Error('no screen')),
    });
    expect(conversationOf(events)[2]).toContain('Nobody could be asked: no screen');
    expect(ofType(events, 'tool_started')).toEqual([]);
  });

  test('is not asked for a tool that does not exist', async () => {
    const asked: string[] = [];
    const approve = async ({ name }: { readonly name: string }) => {
      asked.push(name);
      return { allow: true } as const;
    };
    await collect({ model: turnOf({ name: 'teleport' }, read('a')), approve, tools: [readTool] });
    expect(asked).toEqual(['read']);
  });
});
