import { createRedactor, type Redactor, type Secret } from '@trae-cli/protocol';
import { redactedSink } from '../output/redacted-sink.js';
import type { Host } from './host.js';
import type { TextSink } from './text-sink.js';

/** The world as a run sees it: whatever it writes for people is free of every key it knows. */
export type RunHost = Host & {
  readonly redactor: Redactor;
  /** Standard output for JSON whose strings are redacted already: doing it again to the text could break it. */
  readonly jsonOutput: TextSink;
};

export function runHost(host: Host, secrets: readonly Secret[]): RunHost {
  const redactor = createRedactor(secrets);
  return {
    ...host,
    stdout: redactedSink(host.stdout, redactor),
    stderr: redactedSink(host.stderr, redactor),
    jsonOutput: host.stdout,
    redactor,
  };
}
