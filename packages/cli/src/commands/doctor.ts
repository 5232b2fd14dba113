import { TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { examineAll } from '../doctor/examine-all.js';
import { examineOne } from '../doctor/examine-one.js';
import { whileAsking } from '../prompt/person.js';
import type { DoctorFlags } from './declare/doctor.js';

function checkMeant(provider: string | undefined, { all }: DoctorFlags): void {
  if (all !== true || provider === undefined) return;
  throw new TraeError('usage', `--all checks every provider, and ${JSON.stringify(provider)} was named.`, {
    hint: 'Leave one of them out.',
  });
}

/** `trae-cli doctor`: why a provider does not work, and what to do about it. */
export async function doctorCommand(provider: string | undefined, flags: DoctorFlags, host: Host): Promise<number> {
  checkMeant(provider, flags);
  let isStopped = (): boolean => false;
  const status = await whileAsking(host, 'Cancelled.', (asking) => {
    isStopped = () => asking.signal.aborted;
    return flags.all === true ? examineAll(flags, asking) : examineOne(provider, flags, asking);
  });
  // A name that is being looked up cannot be let go of, and would keep the process for as long as it takes.
  if (isStopped()) host.exitNow(status);
  return status;
}
