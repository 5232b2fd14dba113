import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { stateDirectory } from '../host/base-directories.js';
import type { Host } from '../host/host.js';

export type Places = {
  /** One folder per project: its journals, their index, spilled outputs. */
  readonly project: string;
};

const plainName = (root: string): string =>
  basename(root)
    .replaceAll(/[^\w.-]+/g, '-')
    .slice(0, 40) || 'root';

export function placesFor(root: string, host: Host): Places {
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return { project: join(stateDirectory(host), 'projects', `${plainName(root)}-${hash}`) };
}

/** A name that sorts by time and never meets another. */
export function runName(at: Date, random: number): string {
  const time = at.toISOString().slice(0, 19).replaceAll(':', '-');
  return `${time}-${Math.floor(random * 36 ** 4)
    .toString(36)
    .padStart(4, '0')}`;
}
