import type { Host } from '../host/host.js';
import { runHost } from '../host/run-host.js';
import { noteLine } from '../output/note.js';
import { paintFor } from '../output/paint.js';
import { findingsOf } from './findings.js';
import type { Groundwork } from './groundwork.js';

/** More would scroll away what a run begins with. */
const mostFindings = 8;

const andMore = 'there is more to say about the configuration: `trae-cli show-config` says it.';

/** What a run says about the configuration it goes by, a sentence each. */
export function findingNotices(ground: Groundwork): readonly string[] {
  const messages = findingsOf(ground).map(({ message }) => message);
  return messages.length <= mostFindings ? messages : [...messages.slice(0, mostFindings - 1), andMore];
}

/** Says the same for a run that does not come to introduce itself. */
export function tellFindings(ground: Groundwork, machine: Host): void {
  const { stderr } = runHost(machine, ground.secrets);
  const paint = paintFor(stderr, machine.environment);
  for (const notice of findingNotices(ground)) stderr.write(`${noteLine(notice, paint)}\n`);
}
