import type { ConfigChange } from '@trae-cli/config';
import { asTraeError, errorTable, type TraeError } from '@trae-cli/protocol';
import { cardOf } from './card.js';
import type { Known } from './check.js';
import type { Report } from './document.js';
import { examine, exitStatusOfResults, type Terms, unexamined } from './examine.js';
import { changesToKeep } from './findings-to-keep.js';
import { keepFindings } from './fix.js';
import type { Patient } from './patient.js';
import type { Prepared } from './prepare.js';

/** One provider, examined, and what came of writing it down. */
export type Examined = {
  readonly report: Report;
  /** Absent where there was nobody to examine. */
  readonly patient: Patient | undefined;
  readonly known: Known;
  /** What every run would have to find out again. */
  readonly worthKeeping: readonly ConfigChange[];
  /** Why nothing could be written. */
  readonly problem: TraeError | undefined;
};

/** Examines a provider. */
export async function examined(prepared: Prepared, terms: Terms): Promise<Examined> {
  if (prepared.state === 'stuck') {
    const { results, known } = unexamined(prepared);
    for (const result of results) terms.watch.ends(result);
    const report = { name: prepared.name, results, card: undefined, written: undefined };
    return { report, patient: undefined, known, worthKeeping: [], problem: undefined };
  }
  const { patient } = prepared;
  const { known, results } = await examine(patient, terms);
  const report = { name: patient.planned.entry.id, results, card: cardOf(patient, known), written: undefined };
  return { report, patient, known, worthKeeping: changesToKeep(patient, known), problem: undefined };
}

/** The same, with what it has taught written down. */
export async function withFindingsKept(one: Examined): Promise<Examined> {
  const { known, patient, report } = one;
  if (patient === undefined) return one;
  try {
    return { ...one, report: { ...report, written: await keepFindings(patient, known) } };
  } catch (error) {
    return { ...one, problem: asTraeError(error) };
  }
}

/** The status of the first failure; what could not be written is one. */
export function exitStatusFor(all: readonly Examined[]): number {
  const statuses = all.flatMap(({ problem, report }) => [
    exitStatusOfResults(report.results),
    ...(problem === undefined ? [] : [errorTable[problem.code].exit]),
  ]);
  return statuses.find((status) => status !== 0) ?? 0;
}
