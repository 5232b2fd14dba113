import type { AgentEvent, Message, ModelRef, RunOutcome, StopReason, ToolMessage, Usage } from '@trae-cli/protocol';
import { userMessage } from '@trae-cli/protocol';

export const origin: ModelRef = { provider: 'groq', model: 'llama' };

export const usage: Usage = { input: 100, output: 20, reasoning: 5, cacheRead: 40, cacheWrite: 0 };

export const runStarted = (task: string, root = '/home/me/project'): AgentEvent => ({
  type: 'run_started',
  task,
  model: origin,
  root,
  instructions: 'You are a careful engineer.',
  tools: [{ name: 'bash', description: 'Runs a command.', inputSchema: { type: 'object', properties: {} } }],
  sampling: { temperature: 0.5 },
  maxSteps: 200,
  version: '0.1.0',
});

export const runFinished = (outcome: RunOutcome, steps: number): AgentEvent => ({
  type: 'run_finished',
  outcome,
  steps,
});

export const messageAdded = (step: number, message: Message): AgentEvent => ({ type: 'message_added', step, message });

export const toolMessage = (callId: string, text: string, status: ToolMessage['status'] = 'ok'): ToolMessage => ({
  role: 'tool',
  callId,
  toolName: 'bash',
  status,
  content: [{ type: 'text', text }],
});

export const finished = (step: number, stop: StopReason, spent: Usage | null = usage): AgentEvent => ({
  type: 'step_finished',
  step,
  stop,
  usage: spent,
});

const modelCalled = (step: number): AgentEvent => ({
  type: 'model_called',
  step,
  parameters: { temperature: 0.5 },
  retries: 0,
  firstTokenMs: 200,
  durationMs: 1500,
});

export type Exchange = { readonly command: string; readonly output: string; readonly status?: ToolMessage['status'] };

/** A step that runs one command, as the agent tells it. */
export function commandStep(step: number, { command, output, status = 'ok' }: Exchange): readonly AgentEvent[] {
  const callId = `call_${step}`;
  const call = { type: 'tool_call', id: callId, name: 'bash', arguments: JSON.stringify({ command }) } as const;
  return [
    { type: 'step_started', step },
    messageAdded(step, { role: 'assistant', content: [{ type: 'text', text: `Step ${step}.` }, call], origin }),
    modelCalled(step),
    { type: 'tool_started', step, callId, name: 'bash' },
    { type: 'tool_finished', step, callId, status, durationMs: 12 },
    messageAdded(step, toolMessage(callId, output, status)),
    finished(step, 'tool_calls'),
  ];
}

/** A step whose answer is words alone. */
export const spokenStep = (step: number, text: string): readonly AgentEvent[] => [
  { type: 'step_started', step },
  messageAdded(step, { role: 'assistant', content: [{ type: 'text', text }], origin }),
  modelCalled(step),
  finished(step, 'end'),
];

/** A whole run: one command a step, then the answer. */
export function commandRun(task: string, exchanges: readonly Exchange[], root?: string): readonly AgentEvent[] {
  const steps = exchanges.length + 1;
  return [
    runStarted(task, root),
    messageAdded(0, userMessage(task)),
    ...exchanges.flatMap((exchange, index) => commandStep(index + 1, exchange)),
    ...spokenStep(steps, 'All done.'),
    runFinished({ status: 'completed', summary: 'All done.' }, steps),
  ];
}
