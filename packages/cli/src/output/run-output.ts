import type { BudgetLimits } from '@trae-cli/agent';
import type { AgentEvent, RunOutcome, Session } from '@trae-cli/protocol';

/** What is known before the first step. */
export type RunIntroduction = {
  readonly provider: string;
  readonly model: string;
  readonly root: string;
  readonly journalPath: string;
  /** Why this provider, where nobody named it. */
  readonly chosenBecause: string | undefined;
  /** Things to know that stop nothing: a redirected address, a read-only workspace. */
  readonly notices: readonly string[];
};

/** What is known at the end. */
export type RunReport = {
  readonly outcome: RunOutcome;
  readonly session: Session;
  readonly summary: string;
  readonly budget: BudgetLimits;
  readonly durationMs: number;
  readonly trajectoryPath: string;
  /** Where the patch is, if one was asked for and could be written. */
  readonly patchPath: string | undefined;
  /** What could not be kept, in a sentence each: the record, the patch. */
  readonly losses: readonly string[];
};

/** One way of telling a run to whoever watches. */
export interface RunOutput {
  started(introduction: RunIntroduction): void;
  /** `line` is the record of a durable event, as it stands in the journal. */
  show(event: AgentEvent, line: string | undefined): void;
  notice(message: string): void;
  ended(report: RunReport): void;
}
