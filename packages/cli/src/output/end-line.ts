import type { BudgetLimits } from '@trae-cli/agent';
import { formatCount, formatDuration, printable, type StoppedReason } from '@trae-cli/protocol';
import type { Paint } from './paint.js';
import type { RunReport } from './run-output.js';
import { describeUsage } from './usage-line.js';

/** Why a run stopped, and what could have let it go on. */
export const stopped = {
  step_limit: 'Stopped at the step limit before the task was done. Raise it with --max-steps.',
  budget: 'Stopped at the budget before the task was done. Raise it with --max-cost or --max-total-tokens.',
  loop: 'Stopped: the model repeated itself.',
  time_limit: 'Stopped at the time limit before the task was done. Raise it with --timeout.',
  no_answer: 'Stopped: the model gave no answer three times.',
  cancelled: 'Interrupted.',
  terminated: 'Terminated.',
} as const satisfies Record<StoppedReason, string>;

/** As prices are written, unless that would round it. */
const inDollars = (amount: number): string =>
  Number(amount.toFixed(2)) === amount ? `$${amount.toFixed(2)}` : `$${amount}`;

/** Which budget it was, as far as only one was set, and what a request that was never sent has to do with it. */
function describeBudget({ maxCostUsd, maxTokens }: BudgetLimits, steps: number): string {
  const limits = [
    ...(maxCostUsd === undefined ? [] : [{ amount: inDollars(maxCostUsd), flag: '--max-cost' }]),
    ...(maxTokens === undefined ? [] : [{ amount: `${formatCount(maxTokens)} tokens`, flag: '--max-total-tokens' }]),
  ];
  const amounts = limits.map(({ amount }) => amount).join(' or ');
  const flags = limits.map(({ flag }) => flag).join(' or ');
  const what =
    steps === 0
      ? `Stopped before the first step: its request alone goes beyond the budget of ${amounts}.`
      : `Stopped at the budget of ${amounts} before the task was done.`;
  return `${what} Raise it with ${flags}.`;
}

function headline({ budget, outcome, session }: RunReport, paint: Paint): string {
  switch (outcome.status) {
    case 'completed':
      return paint.success('Done.');
    case 'stopped':
      return paint.failure(
        outcome.reason === 'budget' ? describeBudget(budget, session.steps) : stopped[outcome.reason],
      );
    case 'failed': {
      const hint = outcome.error.hint === undefined ? '' : `\n${printable(outcome.error.hint)}`;
      return `${paint.failure('Error:')} ${printable(outcome.error.message)}${hint}`;
    }
    default:
      return outcome satisfies never;
  }
}

/** A line for each model, where a conversation was held with several. */
const byModel = ({ models }: RunReport['session']): readonly string[] =>
  models.length < 2
    ? []
    : models.map((totals) =>
        printable(
          `  ${totals.model.provider} ${totals.model.model}: ${formatDuration(totals.durationMs)} · ${describeUsage(totals)}`,
        ),
      );

/** How it ended, what it took, and where the record is. */
export function describeEnd(report: RunReport, paint: Paint): string {
  const { session, durationMs, trajectoryPath, patchPath, losses } = report;
  const steps = `${session.steps} ${session.steps === 1 ? 'step' : 'steps'}`;
  return [
    headline(report, paint),
    paint.faint(
      [steps, formatDuration(durationMs), ...(session.steps === 0 ? [] : [describeUsage(session)])].join(' · '),
    ),
    ...byModel(session).map((line) => paint.faint(line)),
    paint.faint(printable(`Trajectory: ${trajectoryPath}`)),
    ...(patchPath === undefined ? [] : [paint.faint(printable(`Patch: ${patchPath}`))]),
    ...losses.map((loss) => paint.failure(printable(loss))),
  ].join('\n');
}
