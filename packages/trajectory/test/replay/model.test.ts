import { type AgentEvent, type AssistantMessage, type Message, userMessage } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { readTrajectory, replayModel } from '../../src/index.js';
import { recordsOf, writeJournal } from '../journal-file.js';
import {
  commandRun,
  commandStep,
  finished,
  messageAdded,
  origin,
  runFinished,
  runStarted,
  spokenStep,
  toolMessage,
  usage,
} from '../sample-run.js';
import { ask, output, play } from './drive.js';

const places = { root: '/home/me/project', temporaryDirectory: '/tmp' };
const modelOf = (events: readonly AgentEvent[], root = places.root) =>
  replayModel(recordsOf(events), { ...places, root });

const run = commandRun('Fix the test.', [
  { command: 'npm test', output: 'not ok 1\nexit code: 1', status: 'error' },
  { command: 'npm test', output: 'ok 1' },
]);

test('a run that goes as it was recorded gets every recorded answer', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  await writeJournal(path, run);
  const model = await replayModel(readTrajectory(path), places);
  const failing = output('not ok 1\nexit code: 1', 'error');
  const passing = output('ok 1');
  const said = await play(model, 'Fix the test.', (asked) => (asked.id === 'call_1' ? failing : passing)(asked));
  expect(model.ref).toEqual({ provider: 'replay', model: 'llama' });
  expect(said.map(({ content }) => content)).toEqual(
    run.flatMap((event) =>
      event.type === 'message_added' && event.message.role === 'assistant' ? [event.message.content] : [],
    ),
  );
});

const call = { type: 'tool_call', id: 'call_1', name: 'bash', arguments: '{}' } as const;

test('an answer comes back with its reasoning, its sealed parts, its stop and its usage', async () => {
  const content: AssistantMessage['content'] = [
    { type: 'reasoning', text: 'Hm.', sealed: { signature: 'abc' } },
    { type: 'reasoning', text: '', sealed: 'encrypted' },
    { type: 'text', text: 'Both at once.' },
    { ...call, id: 'a', sealed: { thought: 1 } },
    { ...call, id: 'b', arguments: '{"command":' },
    { ...call, id: 'c', arguments: '' },
  ];
  const model = await modelOf([
    runStarted('x'),
    messageAdded(0, userMessage('x')),
    messageAdded(1, { role: 'assistant', content, origin }),
    finished(1, 'length'),
  ]);
  expect(await ask(model, [userMessage('x')])).toEqual({
    message: { role: 'assistant', content, origin: model.ref },
    stop: 'length',
    usage,
  });
});

test('instructions are not compared', async () => {
  const model = await modelOf(commandRun('x', []));
  expect((await ask(model, [userMessage('x')], 'Something else entirely.')).stop).toBe('end');
});

test('old outputs may be shortened in the request: only what is new is compared', async () => {
  const events = commandRun('x', [
    { command: 'ls', output: 'a long output' },
    { command: 'pwd', output: '/' },
  ]);
  const model = await modelOf(events);
  const task = userMessage('x');
  const first = (await ask(model, [task])).message;
  const second = (await ask(model, [task, first, toolMessage('call_1', 'a long output')])).message;
  const pruned = [task, first, toolMessage('call_1', '[left out]'), second, toolMessage('call_2', '/')];
  expect((await ask(model, pruned)).message.content).toEqual([{ type: 'text', text: 'All done.' }]);
});

test('an empty answer is recorded but not sent again, and what followed it is compared all the same', async () => {
  const nudge = userMessage('Go on.');
  const empty: Message = { role: 'assistant', content: [{ type: 'reasoning', text: 'Hm.' }], origin };
  const events = [
    runStarted('x'),
    messageAdded(0, userMessage('x')),
    messageAdded(1, empty),
    messageAdded(1, nudge),
    finished(1, 'end'),
    ...spokenStep(2, 'Done.'),
  ];
  const model = await modelOf(events);
  expect((await ask(model, [userMessage('x')])).message.content).toEqual(empty.content);
  expect((await ask(model, [userMessage('x'), nudge])).message.content).toEqual([{ type: 'text', text: 'Done.' }]);
  const other = await modelOf(events);
  await ask(other, [userMessage('x')]);
  await expect(ask(other, [userMessage('x'), userMessage('Stop.')])).rejects.toMatchObject({ code: 'replay_diverged' });
});

test('of a journal with many runs the first is replayed', async () => {
  const model = await modelOf([...commandRun('x', []), ...commandRun('y', [])]);
  expect((await ask(model, [userMessage('x')])).message.content).toEqual([{ type: 'text', text: 'All done.' }]);
  await expect(ask(model, [userMessage('x')])).rejects.toMatchObject({
    code: 'replay_diverged',
    message: 'The recording ends with step 1: the recorded run was complete there, and this run goes on.',
  });
});

test('an aborted signal ends the replay before anything is said', async () => {
  const model = await modelOf(run);
  const stream = model.stream({ instructions: '', messages: [], tools: [] }, AbortSignal.abort(new Error('enough')));
  await expect(stream[Symbol.asyncIterator]().next()).rejects.toThrow('enough');
});

test('a recording without a run is refused', async () => {
  await expect(modelOf([])).rejects.toMatchObject({ code: 'usage' });
});

describe('a recording that ends before the run does says how it ended', () => {
  const step = commandStep(1, { command: 'ls', output: 'a' });
  const opened = [runStarted('x'), messageAdded(0, userMessage('x'))];
  test.each<[string, readonly AgentEvent[], string]>([
    [
      'cancelled',
      [...opened, ...step, runFinished({ status: 'stopped', reason: 'cancelled' }, 1)],
      'The recording ends with step 1: the recorded run was stopped there (cancelled)',
    ],
    [
      'failed',
      [
        ...opened,
        ...step,
        { type: 'step_started', step: 2 },
        runFinished({ status: 'failed', error: { code: 'quota_exhausted', message: 'No credit.' } }, 1),
      ],
      'The recording ends with step 1: the recorded run failed there (No credit.)',
    ],
    ['killed', [...opened, ...step], 'The recording ends with step 1: it was cut off there'],
    [
      'killed while its tool ran',
      [...opened, ...step.slice(0, 4)],
      'The recording ends with step 1: it was cut off there',
    ],
  ])('%s', async (_name, events, message) => {
    const model = await modelOf(events);
    const { message: first } = await ask(model, [userMessage('x')]);
    expect(first.content).toHaveLength(2);
    await expect(ask(model, [userMessage('x'), first, toolMessage('call_1', 'a')])).rejects.toMatchObject({
      code: 'replay_diverged',
      message: expect.stringContaining(message) as string,
    });
  });

  test('an answer after which nothing is recorded may have been cut short, and is not given', async () => {
    const model = await modelOf([...opened, ...step.slice(0, 3)]);
    await expect(ask(model, [userMessage('x')])).rejects.toThrow('The recording holds no answer of the model');
  });
});

describe('at another workspace', () => {
  const events = commandRun(
    'Work in /home/ann/app.',
    [{ command: 'cat /home/ann/app/a.txt /home/ann/app-2/b.txt', output: '/home/ann/app/a.txt: hello' }],
    '/home/ann/app',
  );

  test('recorded calls name the workspace of today, and no other directory', async () => {
    const model = await modelOf(events, '/srv/my "app"');
    const commands: string[] = [];
    await play(model, 'Work in /srv/my "app".', (asked) => {
      commands.push((JSON.parse(asked.arguments) as { command: string }).command);
      return output('/srv/my "app"/a.txt: hello')(asked);
    });
    expect(commands).toEqual(['cat /srv/my "app"/a.txt /home/ann/app-2/b.txt']);
  });

  test('outputs that name another file there are a difference', async () => {
    const model = await modelOf(events, '/srv/app');
    await expect(play(model, 'Work in /srv/app.', output('/srv/app/b.txt: hello'))).rejects.toMatchObject({
      code: 'replay_diverged',
    });
  });
});

test('a recording made at the root of the file system replays there, and its calls are left as they are', async () => {
  const events = commandRun('x', [{ command: 'ls / && cat /etc/hosts', output: 'etc' }], '/');
  const model = await modelOf(events, '/srv/app');
  const commands: string[] = [];
  await play(model, 'x', (asked) => {
    commands.push((JSON.parse(asked.arguments) as { command: string }).command);
    return output('etc')(asked);
  });
  expect(commands).toEqual(['ls / && cat /etc/hosts']);
});

test('what the recorded run called by a made-up name, later calls find under its name of today', async () => {
  const events = commandRun('x', [
    { command: 'mktemp -d; serve &', output: '/tmp/tmp.AAAAAAAAA1\n[1] 42\non port 40001' },
    {
      command: 'cat /tmp/tmp.AAAAAAAAA1/log; head -42 a; curl localhost:40001/42; kill -9 42; kill 420',
      output: 'gone',
    },
  ]);
  const model = await modelOf(events);
  const commands: string[] = [];
  await play(model, 'x', (asked) => {
    commands.push((JSON.parse(asked.arguments) as { command: string }).command);
    return output(asked.id === 'call_1' ? '/tmp/tmp.BBBBBBBBB2\n[1] 99\non port 50002' : 'gone')(asked);
  });
  expect(commands[1]).toBe('cat /tmp/tmp.BBBBBBBBB2/log; head -42 a; curl localhost:50002/42; kill -9 99; kill 420');
});

test('a step of a long replay looks at what is new, not at the whole history', async () => {
  const steps = 1000;
  const exchanges = Array.from({ length: steps }, (_, index) => ({ command: `echo ${index}`, output: `${index}` }));
  const model = await modelOf(commandRun('Count.', exchanges));
  let looks = 0;
  const counted = (messages: readonly Message[]): readonly Message[] =>
    new Proxy(messages, {
      get(target, key, receiver): unknown {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
        return Reflect.get(target, key, receiver);
      },
    });
  const messages: Message[] = [userMessage('Count.')];
  for (let step = 1; step <= steps; step += 1) {
    const { message } = await ask(model, counted(messages));
    messages.push(message, toolMessage(`call_${step}`, `${step - 1}`));
  }
  expect(looks).toBeLessThan(4 * steps);
});
