import { TraeError } from '@trae-cli/protocol';
import type { DoctorFlags } from '../commands/declare/doctor.js';
import { type RunHost, runHost } from '../host/run-host.js';
import { oneLine } from '../listing/one-line.js';
import type { Asking } from '../prompt/person.js';
import { configuredEntries } from './configured.js';
import { viewFor } from './draw.js';
import { tellCost, tellDocument } from './examine-one.js';
import { overviewLines } from './overview.js';
import { type Prepared, preparedAll } from './prepare.js';
import { type Examined, examined, exitStatusFor, withFindingsKept } from './report.js';
import { writtenLines } from './written.js';

type Terms = { readonly flags: DoctorFlags; readonly host: RunHost; readonly signal: AbortSignal };

/** All at once. */
async function examineThem(found: readonly Prepared[], { flags, host, signal }: Terms): Promise<readonly Examined[]> {
  const watch = { begins: (): void => undefined, ends: (): void => undefined };
  let done = 0;
  const show = (): void => host.stderr.showStatus(`Checking ${found.length} providers: ${done} done…`);
  show();
  const all = await Promise.all(
    found.map(async (one) => {
      const result = await examined(one, { isOffline: flags.offline === true, signal, watch });
      done += 1;
      show();
      return result;
    }),
  );
  host.stderr.showStatus('');
  return all;
}

/** One after the other: it may be into the same file. */
async function keepAll(all: readonly Examined[]): Promise<readonly Examined[]> {
  const kept: Examined[] = [];
  for (const one of all) kept.push(await withFindingsKept(one));
  return kept;
}

function tell(all: readonly Examined[], flags: DoctorFlags, host: RunHost): void {
  const view = viewFor(host);
  const reports = all.map(({ report }) => report);
  const written = all.flatMap((one) => {
    const lines = one.worthKeeping.length === 0 ? [] : writtenLines(one, flags.fix === true);
    return lines.length === 0 ? [] : ['', `${oneLine(one.report.name)}:`, ...lines];
  });
  const none = flags.fix === true && written.length === 0 ? ['', 'Nothing had to be written.'] : [];
  host.stdout.write([...overviewLines(reports, view), ...written, ...none].map((line) => `${line}\n`).join(''));
}

const nobody = (): TraeError =>
  new TraeError('credentials_missing', 'No provider is configured: there is no key, no entry, and no server at home.', {
    hint: 'Keep a key with `trae-cli login`, or write a configuration with `trae-cli init`.',
  });

/** Every configured provider, side by side. */
export async function examineAll(flags: DoctorFlags, { host: machine, signal }: Asking): Promise<number> {
  const isOffline = flags.offline === true;
  const found = await preparedAll(flags, machine, (ground) =>
    configuredEntries(ground, { host: machine, isOffline, signal }),
  );
  if (found.length === 0) throw nobody();
  const host = runHost(
    machine,
    found.flatMap(({ secrets }) => secrets),
  );
  if (!isOffline) tellCost(host);
  const examinedAll = await examineThem(found, { flags, host, signal });
  const all = flags.fix === true ? await keepAll(examinedAll) : examinedAll;
  if (flags.json === true) tellDocument(all, host);
  else tell(all, flags, host);
  return exitStatusFor(all);
}
