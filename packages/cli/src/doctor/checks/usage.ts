import { formatCount, type Usage } from '@trae-cli/protocol';
import { shortDollars } from '../../listing/amounts.js';
import { type Check, type Known, ok, type Verdict, warning } from '../check.js';

const reportedIn = ({ speech, tools }: Known): readonly (Usage | null)[] => [
  ...(speech === undefined ? [] : [speech.usage]),
  ...(tools?.usages ?? []),
];

const sum = (usages: readonly Usage[], count: (usage: Usage) => number): number =>
  usages.reduce((total, usage) => total + count(usage), 0);

const promptOf = ({ cacheRead, cacheWrite, input }: Usage): number => input + cacheRead + cacheWrite;

function costOfChecks(usages: readonly Usage[]): string {
  if (usages.some(({ costUsd }) => costUsd === undefined)) return '';
  const dollars = sum(usages, ({ costUsd = 0 }) => costUsd);
  const sign = usages.some(({ isCostReckoned }) => isCostReckoned === true) ? '~' : '';
  return dollars === 0 ? ', free' : `, ${sign}$${shortDollars(dollars)}`;
}

/** What the checks have used. */
function judge(known: Known): Verdict {
  const all = reportedIn(known);
  const usages = all.filter((usage) => usage !== null);
  if (usages.length === 0)
    return warning(
      'not reported',
      'Tokens are estimated instead, and what a run costs is not known: --max-cost and --max-total-tokens are rough here.',
    );
  const tokens = `${formatCount(sum(usages, promptOf))} tokens in, ${formatCount(sum(usages, ({ output }) => output))} out`;
  const says = `reported: these checks took ${tokens}${costOfChecks(usages)}`;
  if (usages.length === all.length) return ok(says);
  return warning(
    `reported for ${usages.length} of ${all.length} answers`,
    'Where it is missing, tokens are estimated.',
  );
}

export const usage: Check = {
  id: 'usage',
  needs: ['answer'],
  sends: true,
  limitMs: 1000,
  run: (_patient, known) => ({ verdict: judge(known) }),
};
