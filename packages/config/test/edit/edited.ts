import { tempWorkspace } from '@trae-cli/testkit';
import { type ConfigChange, editConfig } from '../../src/index.js';

/** What becomes of a file with this text. */
export async function edited(name: string, text: string, ...changes: readonly ConfigChange[]): Promise<string> {
  await using place = await tempWorkspace({ [name]: text });
  await editConfig(place.path(name), changes);
  return await place.read(name);
}

export const change = (path: string, value: ConfigChange['value']): ConfigChange => ({ path: path.split('/'), value });

/** The lines that were there, and those that are there now, without what both have above and below. */
export function difference(before: string, after: string): { readonly gone: string[]; readonly come: string[] } {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let above = 0;
  while (above < Math.min(old.length, fresh.length) && old[above] === fresh[above]) above += 1;
  let below = 0;
  while (below < Math.min(old.length, fresh.length) - above && old.at(-1 - below) === fresh.at(-1 - below)) below += 1;
  return { gone: old.slice(above, old.length - below), come: fresh.slice(above, fresh.length - below) };
}
