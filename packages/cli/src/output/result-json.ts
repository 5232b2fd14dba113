import type { ErrorRecord, ModelTotals, RunOutcome, Usage } from '@trae-cli/protocol';
import type { RunReport } from './run-output.js';

/** What `--output-format json` prints, once, at the end, also after a failure. */
export type ResultDocument = {
  readonly version: 1;
  readonly status: RunOutcome['status'];
  /** Why a run stopped, or the code of the error it failed with; null when it completed. */
  readonly reason: string | null;
  readonly summary: string;
  readonly steps: number;
  /** Tokens; null where no step reported any. */
  readonly usage: Usage | null;
  /** US dollars, as the service reported them or reckoned from the price; null is unknown, not free. */
  readonly cost: number | null;
  /** Steps of which nobody knows what they cost; they are not in `cost`. */
  readonly stepsWithoutCost: number;
  /** The same by model. */
  readonly models: readonly ModelTotals[];
  readonly durationMs: number;
  readonly trajectory: string | null;
  readonly error: ErrorRecord | null;
};

function reasonOf(outcome: RunOutcome): string | null {
  if (outcome.status === 'stopped') return outcome.reason;
  return outcome.status === 'failed' ? outcome.error.code : null;
}

export function resultDocument(report: RunReport): ResultDocument {
  const { outcome, session } = report;
  const isUsageKnown = session.steps > session.stepsWithoutUsage;
  return {
    version: 1,
    status: outcome.status,
    reason: reasonOf(outcome),
    summary: report.summary,
    steps: session.steps,
    usage: isUsageKnown ? session.usage : null,
    cost: session.usage.costUsd ?? null,
    stepsWithoutCost: session.stepsWithoutCost,
    models: session.models,
    durationMs: Math.round(report.durationMs),
    trajectory: report.trajectoryPath,
    error: outcome.status === 'failed' ? outcome.error : null,
  };
}

/** The same document for a run that never started. */
export const unstartedDocument = (outcome: RunOutcome): ResultDocument => ({
  version: 1,
  status: outcome.status,
  reason: reasonOf(outcome),
  summary: '',
  steps: 0,
  usage: null,
  cost: null,
  stepsWithoutCost: 0,
  models: [],
  durationMs: 0,
  trajectory: null,
  error: outcome.status === 'failed' ? outcome.error : null,
});
