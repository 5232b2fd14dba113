import type { AssistantMessage, JsonValue, Message, ToolCallPart, ToolSpec } from '@trae-cli/protocol';
import { chatNotation } from '@trae-cli/testkit';
import { readTool } from '../conversation.js';

const { C, D, F } = chatNotation;

export const writeTool: ToolSpec = {
  name: 'write_file',
  description: 'Writes a file.',
  inputSchema: {
    type: 'object',
    properties: {
      path: { type: 'string', description: 'Where.' },
      content: { type: 'string' },
      lines: { type: 'integer' },
      force: { type: 'boolean' },
      tags: { type: 'array', items: { type: 'string' } },
    },
    required: ['path', 'content'],
  },
};

export const tools: readonly ToolSpec[] = [readTool, writeTool];

/** A stream that says these pieces. */
export const stream = (pieces: readonly string[], reason = 'stop'): string =>
  pieces.map((content) => C({ content })).join('') + F({}, reason) + D;

export const readCall = '<tool_call>\n<function=read>\n<parameter=path>a</parameter>\n</function>\n';

export const callOf = (id: string, name: string, given: JsonValue): ToolCallPart => ({
  type: 'tool_call',
  id,
  name,
  arguments: typeof given === 'string' ? given : JSON.stringify(given),
});

export const said = (...content: AssistantMessage['content']): AssistantMessage => ({
  role: 'assistant',
  content,
  origin: { provider: 'other', model: 'native' },
});

export const answered = (callId: string, toolName: string, text: string, status: 'ok' | 'error' = 'ok'): Message => ({
  role: 'tool',
  callId,
  toolName,
  status,
  content: [{ type: 'text', text }],
});
