import { type AgentEvent, type Message, type RunOutcome, userMessage } from '@trae-cli/protocol';
import {
  commandRun,
  commandStep,
  finished,
  messageAdded,
  origin,
  runFinished,
  runStarted,
  spokenStep,
  usage,
} from '../sample-run.js';

const begun = (task: string): readonly AgentEvent[] => [runStarted(task), messageAdded(0, userMessage(task))];

const twoCalls: Message = {
  role: 'assistant',
  content: [
    { type: 'reasoning', text: 'Both can be asked at once.', sealed: { signature: 'abc' } },
    { type: 'text', text: 'I look at the picture and ' },
    { type: 'text', text: 'list the files.' },
    { type: 'tool_call', id: 'a', name: 'view_picture', arguments: '{"path":"/home/me/project/a.png"}' },
    { type: 'tool_call', id: 'b', name: 'bash', arguments: '{"command":' },
  ],
  origin: { provider: 'groq', model: 'llama-0501' },
};

const everything: readonly AgentEvent[] = [
  ...begun('Fix the test – “quickly”.\nSecond line.'),
  ...commandStep(1, { command: 'npm test', output: 'not ok 1', status: 'error' }),
  { type: 'step_started', step: 2 },
  { type: 'history_pruned', step: 2, outputs: 1, estimatedTokens: 900 },
  messageAdded(2, twoCalls),
  {
    type: 'model_called',
    step: 2,
    parameters: {},
    responseId: 'r',
    retries: 2,
    firstTokenMs: null,
    durationMs: 70_500,
  },
  { type: 'approval_decided', step: 2, callId: 'a', verdict: { allow: true }, by: 'mode' },
  { type: 'tool_started', step: 2, callId: 'a', name: 'view_picture' },
  { type: 'tool_finished', step: 2, callId: 'a', status: 'ok', durationMs: 3, details: { bytes: 10 } },
  messageAdded(2, {
    role: 'tool',
    callId: 'a',
    toolName: 'view_picture',
    status: 'ok',
    content: [
      { type: 'text', text: 'The picture:' },
      { type: 'image', mediaType: 'image/png', base64: 'iVBORw0KGgo=' },
    ],
  }),
  { type: 'approval_decided', step: 2, callId: 'b', verdict: { allow: false, reason: 'not valid' }, by: 'rule' },
  messageAdded(2, {
    role: 'tool',
    callId: 'b',
    toolName: 'bash',
    status: 'error',
    content: [{ type: 'text', text: 'The arguments were not valid JSON.' }],
  }),
  finished(2, 'tool_calls', { ...usage, costUsd: 0.0123 }),
  { type: 'step_labelled', step: 1, task: 'Runs the tests.', details: 'One fails.', tags: ['VERIFY_TEST'] },
  ...spokenStep(3, 'Done.').map((event) => (event.type === 'step_finished' ? finished(3, 'end', null) : event)),
  runFinished({ status: 'completed', summary: '' }, 3),
];

const truncated = (step: number): readonly AgentEvent[] => [
  { type: 'step_started', step },
  messageAdded(step, { role: 'assistant', content: [{ type: 'text', text: 'And so' }], origin }),
  messageAdded(step, userMessage('Go on in smaller pieces.')),
  finished(step, 'length'),
];

const filtered: RunOutcome = {
  status: 'failed',
  error: { code: 'answer_filtered', message: 'The service stopped the answer.', hint: 'Say it differently.' },
};

const started = (step: number): AgentEvent => ({ type: 'step_started', step });
const step1 = commandStep(1, { command: 'ls', output: 'a.txt' });

/** One journal for each way in which a record can end. */
export const recordedRuns: Readonly<Record<string, readonly AgentEvent[]>> = {
  everything,
  'failed-request': [
    ...begun('Fix it.'),
    ...step1,
    started(2),
    { type: 'model_called', step: 2, parameters: {}, retries: 1, firstTokenMs: null, durationMs: 2_300 },
    runFinished({ status: 'failed', error: { code: 'quota_exhausted', message: 'No credit is left.' } }, 1),
  ],
  'filtered-answer': [
    ...begun('Fix it.'),
    ...truncated(1),
    started(2),
    messageAdded(2, { role: 'assistant', content: [], origin }),
    finished(2, 'filtered'),
    runFinished(filtered, 2),
  ],
  'step-limit': [...begun('Fix it.'), ...step1, runFinished({ status: 'stopped', reason: 'step_limit' }, 1)],
  cancelled: [...begun('Fix it.'), ...step1, started(2), runFinished({ status: 'stopped', reason: 'cancelled' }, 1)],
  killed: [...begun('Fix it.'), ...step1, ...commandStep(2, { command: 'sleep 9', output: '' }).slice(0, 4)],
  conversation: [
    ...commandRun('List the files.', [{ command: 'ls', output: 'a.txt' }]),
    ...commandRun('Now delete them.', [{ command: 'rm a.txt', output: '' }]),
  ],
  empty: [],
};
