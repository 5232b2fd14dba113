import { TraeError } from '@trae-cli/protocol';
import { describeSource, oneLine } from '../describe-source.js';
import type { WrittenLeaf } from '../schema/written-leaf.js';
import type { ConfigFile, Setting } from '../source.js';
import { trustAdvice } from '../trust-advice.js';
import { replaceVariables, variablesIn, wholeVariable } from './template.js';
import { type VariableLookup, type Variables, variableFor } from './variables.js';

/** A place in a file as messages name it: key and line. */
export type TextPlace = Pick<WrittenLeaf, 'source' | 'writtenKey'>;

export type Resolver = { readonly variables: Variables; readonly relativeTo: string };

const asked = ({ source, writtenKey }: TextPlace, variable: string, relativeTo: string): string =>
  `"${writtenKey}" (${describeSource(source, { relativeTo })}) asks for the variable ${oneLine(variable, 60)}`;

const forbidden = (place: TextPlace, variable: string, relativeTo: string): TraeError =>
  new TraeError(
    'untrusted',
    `${asked(place, variable, relativeTo)}, and a file of a folder that is not trusted reads none but those of the .env beside it.`,
    { hint: trustAdvice(place.source.file, false) },
  );

const unset = (place: TextPlace, variable: string, relativeTo: string): TraeError =>
  new TraeError('config_invalid', `${asked(place, variable, relativeTo)}, which is not set.`, {
    hint: `Set ${oneLine(variable, 60)}, or write the value there.`,
  });

/** A text with its variables replaced; undefined where one is not set. Throws `untrusted` where the file may not read one. */
export function resolveText(text: string, place: TextPlace, resolver: Resolver): string | undefined {
  const found = variablesIn(text).map(
    (name) => [name, variableFor(place.source.file, name, resolver.variables)] as const,
  );
  for (const [name, { kind }] of found) {
    if (kind === 'forbidden') throw forbidden(place, name, resolver.relativeTo);
  }
  const lookups: ReadonlyMap<string, VariableLookup> = new Map(found);
  if (found.some(([, { kind }]) => kind === 'unset')) return undefined;
  return replaceVariables(text, (name) => {
    const lookup = lookups.get(name);
    return lookup?.kind === 'set' ? lookup.setting.value : '';
  });
}

/** The same, where an unset variable leaves nothing that would do: throws `config_invalid`. */
export function requireText(text: string, place: TextPlace, resolver: Resolver): string {
  const resolved = resolveText(text, place, resolver);
  if (resolved !== undefined) return resolved;
  const isUnset = (name: string): boolean => variableFor(place.source.file, name, resolver.variables).kind === 'unset';
  throw unset(place, variablesIn(text).find(isUnset) ?? '', resolver.relativeTo);
}

/** The variable that a text is and nothing else, where the file may read it and it is set. */
export function wholeSetting(text: string, file: ConfigFile, variables: Variables): Setting<string> | undefined {
  const name = wholeVariable(text);
  const lookup = name === undefined ? undefined : variableFor(file, name, variables);
  return lookup?.kind === 'set' ? lookup.setting : undefined;
}
