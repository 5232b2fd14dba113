import type { OutputFormat, RunFlags } from '../flags/flags.js';
import type { RunHost } from '../host/run-host.js';
import type { Verbosity } from './answer-lines.js';
import { jsonOutput, streamJsonOutput } from './machine.js';
import { paintFor } from './paint.js';
import { PlainOutput } from './plain.js';
import type { RunOutput } from './run-output.js';
import { Waiting } from './waiting.js';

function verbosityOf({ quiet, verbose }: Pick<RunFlags, 'quiet' | 'verbose'>): Verbosity {
  if (quiet === true) return 'quiet';
  return verbose === true ? 'verbose' : 'normal';
}

/** Progress on standard error; on standard output what the format asks for. */
export function createOutput(flags: Pick<RunFlags, 'quiet' | 'verbose' | 'outputFormat'>, host: RunHost): RunOutput {
  const { stdout, stderr } = host;
  const verbosity = verbosityOf(flags);
  // Records on a terminal would meet the line that changes.
  const canWait = verbosity !== 'quiet' && (flags.outputFormat === 'text' || !stdout.isTerminal);
  const progress = new PlainOutput({
    stderr,
    stdout,
    paint: paintFor(stderr, host.environment),
    verbosity,
    printsResult: flags.outputFormat === 'text',
    waiting: canWait ? new Waiting(stderr, host.clock) : undefined,
  });
  const formats = {
    text: progress,
    json: jsonOutput(progress, host),
    'stream-json': streamJsonOutput(progress, host),
  } as const satisfies Record<OutputFormat, RunOutput>;
  return formats[flags.outputFormat];
}
