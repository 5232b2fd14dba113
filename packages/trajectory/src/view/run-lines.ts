import {
  type EventOf,
  formatCost,
  formatCount,
  formatDuration,
  type RunOutcome,
  type Session,
  type Usage,
} from '@trae-cli/protocol';
import { brokenAnswers } from '../broken-answers.js';
import type { RunEnd, RunHeader } from './page-parts.js';
import type { TrajectoryStyle } from './style.js';
import { plural, printableLines } from './text.js';

function usageText(usage: Usage): string {
  const cached = usage.cacheRead > 0 ? ` and ${formatCount(usage.cacheRead)} from the cache` : '';
  const reasoning = usage.reasoning > 0 ? ` (${formatCount(usage.reasoning)} of them reasoning)` : '';
  const { costUsd } = usage;
  const cost = costUsd === undefined ? '' : `, ${formatCost({ ...usage, costUsd })}`;
  return `${plural(usage.input, 'token')} in${cached}, ${formatCount(usage.output)} out${reasoning}${cost}`;
}

/** What was asked of whom, when and where. */
export const headerOf = (run: EventOf<'run_started'>, at: string): RunHeader => ({
  task: run.task,
  facts: [
    ['model', `${run.model.provider} ${run.model.model}`],
    ['started', at],
    ['in', run.root],
    ['limit', plural(run.maxSteps, 'step')],
    ['version', run.version],
  ],
});

type ModelCalled = EventOf<'model_called'>;

function callFacts({ durationMs, firstTokenMs, retries }: ModelCalled): readonly string[] {
  const first = firstTokenMs === null ? '' : ` (${formatDuration(firstTokenMs)} to the first token)`;
  const took = `${formatDuration(durationMs)}${first}`;
  return retries > 0 ? [took, plural(retries, 'retry', 'retries')] : [took];
}

export type StepFacts = {
  /** Absent where nothing came of the model call. */
  readonly finished?: EventOf<'step_finished'>;
  readonly called: ModelCalled | undefined;
};

/** What a step took. */
export function stepLines({ finished, called }: StepFacts, style: TrajectoryStyle): readonly string[] {
  const facts = called === undefined ? [] : callFacts(called);
  if (finished === undefined) return facts.length === 0 ? [] : [style.faint(`  no answer; ${facts.join('; ')}`)];
  const tokens = finished.usage === null ? 'tokens not reported' : usageText(finished.usage);
  const broken = brokenAnswers[finished.stop];
  return [
    ...(broken === undefined ? [] : [style.failure(`  ${broken}`)]),
    style.faint(`  ${[tokens, ...facts].join('; ')}`),
  ];
}

function outcomeWords(outcome: RunOutcome): string {
  switch (outcome.status) {
    case 'completed':
      return 'Completed';
    case 'stopped':
      return `Stopped (${outcome.reason.replaceAll('_', ' ')})`;
    case 'failed':
      return `Failed (${outcome.error.code.replaceAll('_', ' ')})`;
    default:
      return outcome satisfies never;
  }
}

function lastWords(outcome: RunOutcome, lastText: string): readonly string[] {
  if (outcome.status === 'completed') return outcome.summary === lastText ? [] : printableLines(outcome.summary);
  if (outcome.status === 'stopped') return [];
  return printableLines([outcome.error.message, outcome.error.hint ?? ''].join('\n').trimEnd());
}

export type EndFacts = { readonly session: Session; readonly durationMs: number; readonly lastText: string };

/** How the run ended, and what it took in all. */
export function endOf({ outcome, steps }: EventOf<'run_finished'>, facts: EndFacts): RunEnd {
  const { session, durationMs, lastText } = facts;
  return {
    isSuccess: outcome.status === 'completed',
    how: outcomeWords(outcome),
    steps,
    durationMs,
    usage: usageText(session.usage),
    stepsWithoutUsage: session.stepsWithoutUsage,
    words: lastWords(outcome, lastText),
  };
}
