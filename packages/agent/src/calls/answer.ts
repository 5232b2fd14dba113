import type { JsonValue, RunOutcome, ToolCallPart, ToolMessage, ToolResult } from '@trae-cli/protocol';
import type { Verified } from '../verify.js';
import { wording } from '../wording.js';

/** What a call is answered with. */
export type Answer = {
  readonly status: 'ok' | 'error';
  readonly content: ToolMessage['content'];
  readonly details?: JsonValue;
  /** The call declared the task done: nothing after it runs. The run ends where there is an outcome. */
  readonly completion?: { readonly outcome?: RunOutcome };
};

export const answerMessage = (call: ToolCallPart, { status, content }: Answer): ToolMessage => ({
  role: 'tool',
  callId: call.id,
  toolName: call.name,
  status,
  content,
});

export const errorAnswer = (text: string): Answer => ({ status: 'error', content: [{ type: 'text', text }] });

export async function answerOf(result: ToolResult, verify: (claimed: string) => Promise<Verified>): Promise<Answer> {
  switch (result.kind) {
    case 'output':
      return withDetails({ status: 'ok', content: result.content }, result.details);
    case 'failure':
      return withDetails(errorAnswer(result.message), result.details);
    case 'completion':
      return completionAnswer(await verify(result.summary));
    default:
      return result satisfies never;
  }
}

const withDetails = (answer: Answer, details: JsonValue | undefined): Answer =>
  details === undefined ? answer : { ...answer, details };

function completionAnswer(verified: Verified): Answer {
  switch (verified.status) {
    case 'accepted':
      return {
        status: 'ok',
        content: [{ type: 'text', text: wording.completed }],
        completion: { outcome: verified.outcome },
      };
    case 'refused':
      return { ...errorAnswer(verified.reason), completion: {} };
    case 'failed':
      return { ...errorAnswer(verified.reason), completion: { outcome: verified.outcome } };
    default:
      return verified satisfies never;
  }
}
