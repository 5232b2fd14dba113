import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '../host/host.js';
import { Keychain, type KeychainLimits } from './keychain.js';
import { type KeychainProgram, secretTool, security } from './keychain-program.js';
import { findProgram, programRunner } from './run-program.js';

export type KeychainHost = Pick<Host, 'environment' | 'clock' | 'platform'>;

/** Without a session bus nobody listens to `secret-tool`, and asking could start a bus that ends with us. */
async function isSessionBusThere({ environment }: KeychainHost): Promise<boolean> {
  if ((environment['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '') return true;
  const runtime = environment['XDG_RUNTIME_DIR'] ?? '';
  if (runtime === '') return false;
  return access(join(runtime, 'bus')).then(
    () => true,
    () => false,
  );
}

type Kind = {
  /** What the platform begins with. */
  readonly system: string;
  readonly program: KeychainProgram;
  readonly isUsable: (host: KeychainHost) => Promise<boolean>;
};

const kinds: readonly Kind[] = [
  { system: 'Darwin ', program: security, isUsable: () => Promise.resolve(true) },
  { system: 'Linux ', program: secretTool, isUsable: isSessionBusThere },
];

/** The keychain of this system; undefined where there is none. Nothing is started. */
export async function findKeychain(host: KeychainHost, limits?: KeychainLimits): Promise<Keychain | undefined> {
  const kind = kinds.find(({ system }) => host.platform.startsWith(system));
  if (kind === undefined || !(await kind.isUsable(host))) return undefined;
  const path = await findProgram(kind.program.name, host);
  if (path === undefined) return undefined;
  const { program } = kind;
  return new Keychain({ program, path, run: programRunner(host), ...(limits === undefined ? {} : { limits }) });
}
