import type { AgentEvent } from '@trae-cli/protocol';
import { z } from 'zod';

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
