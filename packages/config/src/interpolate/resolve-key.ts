import { Secret, TraeError } from '@trae-cli/protocol';
import { describeSource } from '../describe-source.js';
import { isSendable } from '../schema/header-rules.js';
import { textOf, type WrittenLeaf } from '../schema/written-leaf.js';
import { isPlaceholderKey } from '../secrets/placeholder.js';
import { tidyKey } from '../secrets/tidy-key.js';
import type { Setting } from '../source.js';
import { type Resolver, resolveText, wholeSetting } from './resolve-text.js';
import { wholeVariable } from './template.js';

/** Where a secret of a file was read, for people: `trae_config.json:7 (model_providers.groq.api_key)`. */
export const originOf = ({ source, writtenKey }: WrittenLeaf, relativeTo: string): string =>
  `${describeSource(source, { relativeTo })} (${writtenKey})`;

function rejectUnsendable(key: string, leaf: WrittenLeaf, relativeTo: string): void {
  if (isSendable(key) && !/\s/.test(key)) return;
  throw new TraeError(
    'config_invalid',
    `The key of ${originOf(leaf, relativeTo)} has white space or another character in it that no key has.`,
    { hint: 'Copy the key anew, on one line.' },
  );
}

/** The key that one file gives, or undefined where it gives none: a placeholder, or a variable that is not set. */
export function resolveKey(
  leaf: WrittenLeaf,
  ownKeyVariables: readonly string[],
  resolver: Resolver,
): Setting<Secret> | undefined {
  const text = textOf(leaf);
  const { file } = leaf.source;
  const variable = wholeSetting(text, file, resolver.variables);
  const isOwn = ownKeyVariables.includes(wholeVariable(text) ?? '');
  // What the vendor's own variable holds is found anyway; a file that may not read it has said nothing new.
  if (variable === undefined && isOwn && !file.isTrusted) return undefined;
  const resolved = resolveText(text, leaf, resolver);
  const { key } = tidyKey(resolved ?? '');
  if (key === '' || isPlaceholderKey(key)) return undefined;
  rejectUnsendable(key, leaf, resolver.relativeTo);
  const { relativeTo } = resolver;
  const origin = variable === undefined ? originOf(leaf, relativeTo) : describeSource(variable.source, { relativeTo });
  return { value: new Secret(key, origin), source: variable?.source ?? leaf.source };
}
