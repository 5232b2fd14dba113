import { formatDuration, type ToolCallPart } from '@trae-cli/protocol';
import { callLines } from './call-lines.js';
import type { TrajectoryStyle } from './style.js';
import { boundedLines, indented, plural, printableLine, printableLines } from './text.js';

const taskLimits = { head: 30, tail: 5 };
const outputLimits = { head: 12, tail: 8 };

/** What was asked of whom, when and where. A fact that is not known is left out. */
export type RunHeader = {
  readonly task: string;
  readonly facts: readonly (readonly [name: string, value: string | undefined])[];
};

export function headerLines({ task, facts }: RunHeader, style: TrajectoryStyle): readonly string[] {
  const known = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name.padEnd(8)} ${printableLine(value)}`],
  );
  return [...boundedLines(task, taskLimits).map(style.strong), ...indented(known).map(style.faint)];
}

export const stepTitle = (step: number, style: TrajectoryStyle): readonly string[] => [
  '',
  style.strong(`Step ${step}`),
];

export const userLines = (text: string, style: TrajectoryStyle): readonly string[] => [
  '',
  style.strong('User'),
  ...indented(printableLines(text)),
];

/** What the model said. */
export const spokenLines = (text: string): readonly string[] => indented(printableLines(text.trim()));

export type CallText = Pick<ToolCallPart, 'name' | 'arguments'>;

export type ShownResult = {
  /** Undefined where the record does not say. */
  readonly isOk: boolean | undefined;
  readonly durationMs?: number | undefined;
  /** Texts, each shown with its head and tail. */
  readonly output: readonly string[];
};

/** A call and what came of it. */
export function answeredLines(call: CallText, result: ShownResult, style: TrajectoryStyle): readonly string[] {
  const { isOk, durationMs, output } = result;
  const status = isOk === undefined ? 'answered' : isOk ? style.success('ok') : style.failure('failed');
  const took = durationMs === undefined ? '' : style.faint(` ${formatDuration(durationMs)}`);
  const lines = output.flatMap((text) => (text === '' ? [] : boundedLines(text, outputLimits)));
  return indented([...callLines(call, style), `${status}${took}`, ...lines.map((line) => style.faint(`  ${line}`))]);
}

export const unansweredLines = (call: CallText, style: TrajectoryStyle): readonly string[] =>
  indented([...callLines(call, style), style.failure('not answered')]);

export const cutOffLines = (style: TrajectoryStyle): readonly string[] => [
  '',
  style.failure('The record of this run ends here: it was cut off.'),
];

export type RunEnd = {
  readonly isSuccess: boolean;
  /** `Completed`, or how else it ended. */
  readonly how: string;
  readonly steps: number;
  readonly durationMs: number | undefined;
  /** Tokens in all. */
  readonly usage: string;
  readonly stepsWithoutUsage: number;
  /** What is there to say beside: a result, or an error. */
  readonly words: readonly string[];
};

/** How the run ended, and what it took in all. */
export function endLines(end: RunEnd, style: TrajectoryStyle): readonly string[] {
  const { isSuccess, how, steps, durationMs, usage, stepsWithoutUsage, words } = end;
  const took = durationMs === undefined ? '' : ` in ${formatDuration(durationMs)}`;
  const unknown = stepsWithoutUsage > 0 ? `; ${plural(stepsWithoutUsage, 'step')} did not report any` : '';
  const title = (isSuccess ? style.success : style.failure)(how);
  return ['', `${title} after ${plural(steps, 'step')}${took}: ${usage}${unknown}.`, ...indented(words)];
}
