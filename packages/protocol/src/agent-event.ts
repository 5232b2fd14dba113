import type { ErrorRecord } from './error.js';
import type { JsonValue } from './json.js';
import type { Message, ModelRef } from './message.js';
import type { ModelEvent, Sampling, StopReason, Usage } from './model.js';
import type { ToolSpec } from './tool.js';

export type StoppedReason = 'step_limit' | 'budget' | 'loop' | 'time_limit' | 'no_answer' | 'cancelled' | 'terminated';

/** Why an aborted run was stopped, as the reason of its signal says; a reason that is none of ours is `cancelled`. */
export function stopReasonOf(signal: AbortSignal): StoppedReason {
  const reason: unknown = signal.reason;
  return reason === 'time_limit' || reason === 'terminated' ? reason : 'cancelled';
}

export type RunOutcome =
  | { readonly status: 'completed'; readonly summary: string }
  | { readonly status: 'stopped'; readonly reason: StoppedReason }
  | { readonly status: 'failed'; readonly error: ErrorRecord };

export type Verdict =
  | { readonly allow: true; readonly arguments?: string }
  | { readonly allow: false; readonly reason: string };

export type AgentEvent =
  | {
      readonly type: 'run_started';
      readonly task: string;
      readonly model: ModelRef;
      /** The workspace, an absolute path. */
      readonly root: string;
      readonly instructions: string;
      readonly tools: readonly ToolSpec[];
      readonly sampling: Sampling;
      readonly maxSteps: number;
      readonly version: string;
    }
  | { readonly type: 'step_started'; readonly step: number }
  | { readonly type: 'model_event'; readonly step: number; readonly event: ModelEvent }
  /** The only event that changes the conversation. */
  | { readonly type: 'message_added'; readonly step: number; readonly message: Message }
  | { readonly type: 'tool_started'; readonly step: number; readonly callId: string; readonly name: string }
  | { readonly type: 'tool_reported'; readonly step: number; readonly callId: string; readonly text: string }
  /** What was sent and what it took, in milliseconds; `firstTokenMs` is null where nothing came. */
  | {
      readonly type: 'model_called';
      readonly step: number;
      readonly parameters: JsonValue;
      readonly responseId?: string;
      readonly retries: number;
      readonly firstTokenMs: number | null;
      readonly durationMs: number;
    }
  | {
      readonly type: 'approval_decided';
      readonly step: number;
      readonly callId: string;
      readonly verdict: Verdict;
      readonly by: 'rule' | 'person' | 'mode';
    }
  /** The content is in the `message_added` that follows; it is stored once. */
  | {
      readonly type: 'tool_finished';
      readonly step: number;
      readonly callId: string;
      readonly status: 'ok' | 'error';
      readonly durationMs: number;
      readonly details?: JsonValue;
    }
  /** Old tool outputs were shortened in what the model is sent; the conversation itself stays whole. */
  | {
      readonly type: 'history_pruned';
      readonly step: number;
      readonly outputs: number;
      readonly estimatedTokens: number;
    }
  | { readonly type: 'step_finished'; readonly step: number; readonly stop: StopReason; readonly usage: Usage | null }
  | {
      readonly type: 'step_labelled';
      readonly step: number;
      readonly task: string;
      readonly details: string;
      readonly tags: readonly string[];
    }
  | { readonly type: 'run_finished'; readonly outcome: RunOutcome; readonly steps: number };

export type AgentEventType = AgentEvent['type'];

/** The event of one type. */
export type EventOf<Type extends AgentEventType> = Extract<AgentEvent, { readonly type: Type }>;

/** Durable events are recorded; the others are shown and forgotten. */
export const durability = {
  run_started: 'durable',
  step_started: 'durable',
  model_event: 'ephemeral',
  message_added: 'durable',
  tool_started: 'durable',
  tool_reported: 'ephemeral',
  model_called: 'durable',
  approval_decided: 'durable',
  tool_finished: 'durable',
  history_pruned: 'durable',
  step_finished: 'durable',
  step_labelled: 'durable',
  run_finished: 'durable',
} as const satisfies Record<AgentEventType, 'durable' | 'ephemeral'>;

export const isDurable = (event: AgentEvent): boolean => durability[event.type] === 'durable';
