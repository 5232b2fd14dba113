import {
  type AssistantMessage,
  callsOf,
  createTurn,
  type FinishedTurn,
  type Message,
  type Model,
  type ToolCallPart,
  type ToolMessage,
  userMessage,
} from '@trae-cli/protocol';

/** Asks a model once. */
export async function ask(
  model: Model,
  messages: readonly Message[],
  instructions = 'Other words.',
): Promise<FinishedTurn> {
  const turn = createTurn();
  const signal = new AbortController().signal;
  for await (const event of model.stream({ instructions, messages, tools: [] }, signal)) turn.apply(event);
  const finished = turn.finished(model.ref);
  if (finished === undefined) throw new Error('The turn was not finished.');
  return finished;
}

export type Answering = (call: ToolCallPart) => Omit<ToolMessage, 'role' | 'callId'>;

const answered = (call: ToolCallPart, answer: Answering): ToolMessage => ({
  role: 'tool',
  callId: call.id,
  ...answer(call),
});

/** Plays a run against a model as the agent does: every call is answered, until an answer has none. */
export async function play(model: Model, task: string, answer: Answering): Promise<readonly AssistantMessage[]> {
  const messages: Message[] = [userMessage(task)];
  const said: AssistantMessage[] = [];
  for (;;) {
    const { message } = await ask(model, messages);
    said.push(message);
    messages.push(message);
    const calls = callsOf(message);
    if (calls.length === 0) return said;
    for (const call of calls) messages.push(answered(call, answer));
  }
}

export const output =
  (text: string, status: ToolMessage['status'] = 'ok'): Answering =>
  () => ({ toolName: 'bash', status, content: [{ type: 'text', text }] });
