import { redactValues } from '@trae-cli/trajectory';
import type { RunHost } from '../host/run-host.js';
import { resultDocument } from './result-json.js';
import type { RunOutput } from './run-output.js';

const passingOn = (progress: RunOutput): RunOutput => ({
  started: (introduction) => progress.started(introduction),
  show: (event, line) => progress.show(event, line),
  notice: (message) => progress.notice(message),
  ended: (report) => progress.ended(report),
});

/** `--output-format json`: progress as always on standard error, one object on standard output. */
export const jsonOutput = (progress: RunOutput, { jsonOutput: stdout, redactor }: RunHost): RunOutput => ({
  ...passingOn(progress),
  ended(report) {
    progress.ended(report);
    stdout.write(`${JSON.stringify(redactValues(resultDocument(report), redactor))}\n`);
  },
});

/** `--output-format stream-json`: the journal's records as they are made, and nothing else on standard output. */
export const streamJsonOutput = (progress: RunOutput, { jsonOutput: stdout }: RunHost): RunOutput => ({
  ...passingOn(progress),
  show(event, line) {
    progress.show(event, line);
    if (line !== undefined) stdout.write(`${line}\n`);
  },
});
