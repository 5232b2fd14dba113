import type { AgentEvent } from '@trae-cli/protocol';
import { z } from 'zod';
import { eventSchemas, type RecordedType } from './event-schema.js';

/** The version of the journal this program writes, and the newest it reads. */
export const journalVersion = 1;

/** One line of a journal. */
export type TrajectoryRecord = {
  readonly v: typeof journalVersion;
  /** From 1, without gaps in what one writer wrote. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly event: AgentEvent;
};

/** How every line begins. What a crash leaves of a first line is known by it. */
export const lineOpening = `{"v":${journalVersion},"seq":`;

const envelope = z.object({
  v: z.int().positive(),
  seq: z.int().nonnegative(),
  at: z.string().refine((at) => !Number.isNaN(Date.parse(at))),
  event: z.looseObject({ type: z.string() }),
});

export type Envelope = z.output<typeof envelope>;

/** Undefined for what is not a record of any version. */
export function envelopeOf(json: unknown): Envelope | undefined {
  const parsed = envelope.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

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
