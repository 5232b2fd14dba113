import { createHash } from 'node:crypto';
import { basename, isAbsolute, join } from 'node:path';
import type { Host } from '../host/host.js';

/** Where this program keeps what is not the user's work, after the XDG base directory specification. */
export type Places = {
  /** One folder per project: its journals, their index, spilled outputs. */
  readonly project: string;
};

function stateHome({ environment, homeDirectory }: Host): string {
  const named = environment['XDG_STATE_HOME'];
  // The specification: a relative path is to be ignored.
  return named !== undefined && isAbsolute(named) ? named : join(homeDirectory, '.local', 'state');
}

const plainName = (root: string): string =>
  basename(root)
    .replaceAll(/[^\w.-]+/g, '-')
    .slice(0, 40) || 'root';

export function placesFor(root: string, host: Host): Places {
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return { project: join(stateHome(host), 'trae-cli', 'projects', `${plainName(root)}-${hash}`) };
}

/** A name that sorts by time and never meets another. */
export function runName(at: Date, random: number): string {
  const time = at.toISOString().slice(0, 19).replaceAll(':', '-');
  return `${time}-${Math.floor(random * 36 ** 4)
    .toString(36)
    .padStart(4, '0')}`;
}
