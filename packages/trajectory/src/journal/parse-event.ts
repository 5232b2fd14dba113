import type { AgentEvent } from '@trae-cli/protocol';
import type { z } from 'zod';
import { eventSchemas, type RecordedType } from './event-schema.js';
import type { Envelope } from './record.js';

const isRecorded = (type: string): type is RecordedType => Object.hasOwn(eventSchemas, type);

export type ParsedEvent =
  | { readonly status: 'read'; readonly event: AgentEvent }
  /** A type this program has not heard of: a later one wrote it, and nothing here depends on it. */
  | { readonly status: 'unknown' }
  | { readonly status: 'malformed'; readonly problem: string };

export function parseEvent(event: Envelope['event']): ParsedEvent {
  const { type } = event;
  if (!isRecorded(type)) return { status: 'unknown' };
  const schema: z.ZodType<AgentEvent> = eventSchemas[type];
  const parsed = schema.safeParse(event);
  if (parsed.success) return { status: 'read', event: parsed.data };
  const [issue] = parsed.error.issues;
  const place = ['event', ...(issue?.path ?? [])].map(String).join('.');
  return { status: 'malformed', problem: `${place}: ${issue?.message ?? 'not as expected'}` };
}
