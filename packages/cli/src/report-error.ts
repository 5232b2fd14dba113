import {
  asTraeError,
  errorTable,
  printable,
  type RunOutcome,
  type StoppedReason,
  type TraeError,
} from '@trae-cli/protocol';
import type { OutputFormat } from './flags/flags.js';
import type { Host } from './host/host.js';
import { stopped } from './output/end-line.js';
import { type Paint, paintFor } from './output/paint.js';
import { unstartedDocument } from './output/result-json.js';
import { exitStatusOf } from './host/stop.js';

/** What happened, then what to do; a stack trace only for a bug of ours. */
export function describeError(error: TraeError, paint: Paint): string {
  const lines = [`${paint.failure('Error:')} ${printable(error.message)}`];
  if (error.hint !== undefined) lines.push(printable(error.hint));
  if (error.code === 'internal') {
    lines.push('This is a bug in trae-cli. Please report it with the lines below.');
    const cause = error.cause instanceof Error ? error.cause : error;
    lines.push(paint.faint(printable(cause.stack ?? String(cause))));
  }
  return `${lines.join('\n')}\n`;
}

/** Prints whatever was thrown and gives the exit status it calls for. */
export function reportError(thrown: unknown, host: Pick<Host, 'stderr' | 'environment'>): number {
  const error = asTraeError(thrown);
  host.stderr.write(describeError(error, paintFor(host.stderr, host.environment)));
  return errorTable[error.code].exit;
}

function printUnstarted(outcome: RunOutcome, format: OutputFormat, { stdout }: Host): void {
  if (format === 'json') stdout.write(`${JSON.stringify(unstartedDocument(outcome))}\n`);
}

/** The same for a run that never started, which a program reads as JSON where it asked for that. */
export function reportStartFailure(error: TraeError, format: OutputFormat, host: Host): number {
  printUnstarted({ status: 'failed', error: error.toRecord() }, format, host);
  return reportError(error, host);
}

/** A run that was stopped before it started. */
export function reportEarlyStop(reason: StoppedReason, format: OutputFormat, host: Host): number {
  const outcome: RunOutcome = { status: 'stopped', reason };
  printUnstarted(outcome, format, host);
  host.stderr.write(`${paintFor(host.stderr, host.environment).failure(stopped[reason])}\n`);
  return exitStatusOf(outcome);
}
