import type {
  AgentEventType,
  ErrorCode,
  EventOf,
  JsonObject,
  JsonValue,
  Message,
  RunOutcome,
  Usage,
  Verdict,
} from '@trae-cli/protocol';
import { errorTable } from '@trae-cli/protocol';
import { z } from 'zod';

/** What came out of JSON.parse is JSON already; walking it again would cost time and say nothing. */
const json = z.custom<JsonValue>((value) => value !== undefined);
const jsonObject = z.record(z.string(), json) satisfies z.ZodType<JsonObject>;

const errorCodes = Object.keys(errorTable) as ErrorCode[];
const modelRef = z.object({ provider: z.string(), model: z.string() });
const toolSpec = z.object({ name: z.string(), description: z.string(), inputSchema: jsonObject });
const status = z.enum(['ok', 'error']);
// A reason that a later version adds is still a reason.
const stop = z.enum(['end', 'tool_calls', 'length', 'filtered', 'other']).catch('other');

const text = z.object({ type: z.literal('text'), text: z.string() });
const image = z.object({ type: z.literal('image'), mediaType: z.string(), base64: z.string() });
const reasoning = z.object({ type: z.literal('reasoning'), text: z.string(), sealed: json.exactOptional() });
const toolCall = z.object({
  type: z.literal('tool_call'),
  id: z.string(),
  name: z.string(),
  arguments: z.string(),
  sealed: json.exactOptional(),
});
const seen = z.array(z.discriminatedUnion('type', [text, image]));

const message: z.ZodType<Message> = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), content: seen }),
  z.object({
    role: z.literal('assistant'),
    content: z.array(z.discriminatedUnion('type', [text, reasoning, toolCall])),
    origin: modelRef,
  }),
  z.object({ role: z.literal('tool'), callId: z.string(), toolName: z.string(), status, content: seen }),
]);

const usage: z.ZodType<Usage> = z.object({
  input: z.number(),
  output: z.number(),
  reasoning: z.number(),
  cacheRead: z.number(),
  cacheWrite: z.number(),
  costUsd: z.number().exactOptional(),
  isCostReckoned: z.literal(true).exactOptional(),
});

const sampling = z.object({
  temperature: z.number().exactOptional(),
  topP: z.number().exactOptional(),
  topK: z.number().exactOptional(),
  maxOutput: z.number().exactOptional(),
  stop: z.array(z.string()).exactOptional(),
});

const outcome: z.ZodType<RunOutcome> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('completed'), summary: z.string() }),
  z.object({
    status: z.literal('stopped'),
    reason: z.enum(['step_limit', 'budget', 'loop', 'time_limit', 'no_answer', 'cancelled', 'terminated']),
  }),
  z.object({
    status: z.literal('failed'),
    error: z.object({
      code: z.enum(errorCodes).catch('internal'),
      message: z.string(),
      hint: z.string().exactOptional(),
    }),
  }),
]);

const verdict: z.ZodType<Verdict> = z.discriminatedUnion('allow', [
  z.object({ allow: z.literal(true), arguments: z.string().exactOptional() }),
  z.object({ allow: z.literal(false), reason: z.string() }),
]);

const step = z.number();
const callId = z.string();

export type RecordedType = Exclude<AgentEventType, 'model_event' | 'tool_reported'>;

/** The events a journal holds. A table, so that an event without a schema does not compile. */
export const eventSchemas: { readonly [Type in RecordedType]: z.ZodType<EventOf<Type>> } = {
  run_started: z.object({
    type: z.literal('run_started'),
    task: z.string(),
    model: modelRef,
    root: z.string(),
    instructions: z.string(),
    tools: z.array(toolSpec),
    sampling,
    maxSteps: z.number(),
    version: z.string(),
  }),
  step_started: z.object({ type: z.literal('step_started'), step }),
  message_added: z.object({ type: z.literal('message_added'), step, message }),
  tool_started: z.object({ type: z.literal('tool_started'), step, callId, name: z.string() }),
  model_called: z.object({
    type: z.literal('model_called'),
    step,
    parameters: json,
    responseId: z.string().exactOptional(),
    retries: z.number(),
    firstTokenMs: z.number().nullable(),
    durationMs: z.number(),
  }),
  approval_decided: z.object({
    type: z.literal('approval_decided'),
    step,
    callId,
    verdict,
    by: z.enum(['rule', 'person', 'mode']),
  }),
  tool_finished: z.object({
    type: z.literal('tool_finished'),
    step,
    callId,
    status,
    durationMs: z.number(),
    details: json.exactOptional(),
  }),
  history_pruned: z.object({
    type: z.literal('history_pruned'),
    step,
    outputs: z.number(),
    estimatedTokens: z.number(),
  }),
  step_finished: z.object({ type: z.literal('step_finished'), step, stop, usage: usage.nullable() }),
  step_labelled: z.object({
    type: z.literal('step_labelled'),
    step,
    task: z.string(),
    details: z.string(),
    tags: z.array(z.string()),
  }),
  run_finished: z.object({ type: z.literal('run_finished'), outcome, steps: z.number() }),
};
