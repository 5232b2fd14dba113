import { redactValues } from '@trae-cli/trajectory';
import type { DoctorFlags } from '../commands/declare/doctor.js';
import { type RunHost, runHost } from '../host/run-host.js';
import { documentText } from '../listing/document-text.js';
import { oneLine } from '../listing/one-line.js';
import type { Asking } from '../prompt/person.js';
import { type CheckResult, checkTitles } from './check.js';
import { doctorDocument } from './document.js';
import { cardLines, resultLines, type View, viewFor } from './draw.js';
import { preparedOne } from './prepare.js';
import { type Examined, examined, exitStatusFor, withFindingsKept } from './report.js';
import { summaryOf } from './summary.js';
import { writtenLines } from './written.js';

const write = (lines: readonly string[], { stdout }: RunHost): void =>
  stdout.write(lines.map((line) => `${line}\n`).join(''));

/** Lines as they come, unless programs are to read them. */
const watching = (isQuiet: boolean, host: RunHost, view: View) => ({
  begins: (id: CheckResult['id']): void => host.stderr.showStatus(`Checking: ${checkTitles[id]}…`),
  ends: (result: CheckResult): void => {
    host.stderr.showStatus('');
    if (!isQuiet) write(resultLines(result, view), host);
  },
});

/** Said before anything that may cost is sent. */
export const tellCost = (host: RunHost): void =>
  host.stderr.write('This makes a few small requests, which may cost a fraction of a cent; --offline makes none.\n');

function tell(
  one: Examined,
  flags: DoctorFlags,
  { host, view }: { readonly host: RunHost; readonly view: View },
): void {
  const { known, report } = one;
  const { card, name, results } = report;
  const written = writtenLines(one, flags.fix === true);
  write(['', ...(card === undefined ? [] : [...cardLines(card, known, view), ''])], host);
  write([`${name === '' ? 'In all' : oneLine(name)}: ${summaryOf(results)}.`], host);
  write(written, host);
}

/** For programs: what was written is in it. */
export function tellDocument(all: readonly Examined[], host: RunHost): void {
  const document = doctorDocument(all, exitStatusFor(all));
  host.jsonOutput.write(documentText(redactValues(document, host.redactor)));
}

/** One provider, check by check. */
export async function examineOne(name: string | undefined, flags: DoctorFlags, asking: Asking): Promise<number> {
  const found = await preparedOne(name, flags, asking.host);
  const host = runHost(asking.host, found.secrets);
  const view = viewFor(host);
  const isQuiet = flags.json === true;
  const isOffline = flags.offline === true;
  if (found.state === 'ready' && !isOffline) tellCost(host);
  const watch = watching(isQuiet, host, view);
  const only = await examined(found, { isOffline, signal: asking.signal, watch });
  const one = flags.fix === true ? await withFindingsKept(only) : only;
  if (isQuiet) tellDocument([one], host);
  else tell(one, flags, { host, view });
  return exitStatusFor([one]);
}
