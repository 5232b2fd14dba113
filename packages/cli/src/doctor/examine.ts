import { asTraeError, errorTable } from '@trae-cli/protocol';
import type { Groundwork } from '../configuration/groundwork.js';
import {
  type Check,
  type CheckId,
  type CheckResult,
  checkTitles,
  failed,
  type Finding,
  type Known,
  skipped,
} from './check.js';
import { access } from './checks/access.js';
import { address, connection, tls } from './checks/reach.js';
import { answer } from './checks/answer.js';
import { configuration, judgeConfiguration, provider } from './checks/configuration.js';
import { environment } from './checks/environment.js';
import { key } from './checks/key.js';
import { model } from './checks/model.js';
import { tools } from './checks/tools.js';
import { usage } from './checks/usage.js';
import { window } from './checks/window.js';
import type { Patient } from './patient.js';
import { within } from './within.js';

const checks: readonly Check[] = [
  configuration,
  provider,
  key,
  address,
  connection,
  tls,
  access,
  model,
  answer,
  tools,
  usage,
  window,
  environment,
];

type Examination = { readonly results: readonly CheckResult[]; readonly known: Known };

export type Terms = {
  readonly isOffline: boolean;
  readonly signal: AbortSignal;
  /** Told of a check that takes a while, and of what came of each. */
  readonly watch: { begins(id: CheckId): void; ends(result: CheckResult): void };
};

const blocked = (by: CheckId): Finding => ({
  verdict: { status: 'skipped', says: `needs what failed before: ${checkTitles[by]}`, blockedBy: by },
});

/** The failure that a result stands for, if it does: its own, or the one that kept it from being made. */
function failureBehind(result: CheckResult): CheckId | undefined {
  if (result.status === 'failed') return result.id;
  return result.status === 'skipped' ? result.blockedBy : undefined;
}

function obstacleFor({ needs }: Check, results: readonly CheckResult[]): CheckId | undefined {
  const needed = results.filter(({ id }) => needs.includes(id));
  return needed.map(failureBehind).find((id) => id !== undefined);
}

async function made(check: Check, { patient, known, terms }: Examined): Promise<Finding> {
  const { limitMs } = check;
  const { signal } = terms;
  try {
    return await within({ limitMs, clock: patient.host.clock, signal }, async (scope) =>
      check.run(patient, known, scope),
    );
  } catch (error) {
    signal.throwIfAborted();
    return { verdict: failed(asTraeError(error)) };
  }
}

type Examined = { readonly patient: Patient; readonly known: Known; readonly terms: Terms };

function madeOffline(check: Check, patient: Patient): Finding {
  try {
    return { verdict: check.offline?.(patient) ?? skipped('not asked, because of --offline') };
  } catch (error) {
    return { verdict: failed(asTraeError(error)) };
  }
}

function findingOf(check: Check, results: readonly CheckResult[], examined: Examined): Promise<Finding> | Finding {
  const obstacle = obstacleFor(check, results);
  if (obstacle !== undefined) return blocked(obstacle);
  if (check.sends && examined.terms.isOffline) return madeOffline(check, examined.patient);
  return made(check, examined);
}

/** Makes the checks, each with what those before it have found. Throws only when it is stopped. */
export async function examine(patient: Patient, terms: Terms): Promise<Examination> {
  const results: CheckResult[] = [];
  let known: Known = {};
  for (const check of checks) {
    terms.watch.begins(check.id);
    const { verdict, known: more } = await findingOf(check, results, { patient, known, terms });
    const result: CheckResult = { ...verdict, id: check.id };
    known = { ...known, ...more };
    results.push(result);
    terms.watch.ends(result);
  }
  return { results, known };
}

type Obstacle = { readonly at: CheckId; readonly error: unknown; readonly ground: Groundwork | undefined };

/**
 * What could not be examined, because there is nobody to examine: one check has failed, those behind it are not made. What
 * is to be said of the files may well be why.
 */
export function unexamined({ at, error, ground }: Obstacle): Examination {
  const index = checks.findIndex(({ id }) => id === at);
  const before: readonly CheckResult[] =
    ground === undefined ? [] : [{ ...judgeConfiguration(ground), id: 'configuration' }];
  const results = checks
    .slice(index)
    .map(({ id }): CheckResult => ({ ...(id === at ? failed(asTraeError(error)) : blocked(at).verdict), id }));
  return { results: [...before, ...results], known: {} };
}

/** 0 where nothing has failed, else what the first failure calls for. */
export function exitStatusOfResults(results: readonly CheckResult[]): number {
  const failure = results.find((result) => result.status === 'failed');
  return failure === undefined ? 0 : errorTable[failure.code].exit;
}
