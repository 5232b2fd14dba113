import { Secret, TraeError } from '@trae-cli/protocol';
import { describeSource } from '../describe-source.js';
import { originOf } from '../interpolate/resolve-key.js';
import type { Resolver } from '../interpolate/resolve-text.js';
import { hasReference, replaceVariables, variablesIn, wholeVariable } from '../interpolate/template.js';
import { variableFor } from '../interpolate/variables.js';
import { isSecretAt } from '../merge/leaves.js';
import { textsIn } from '../schema/texts-in.js';
import { textOf, type WrittenLeaf } from '../schema/written-leaf.js';
import type { ConfigFile } from '../source.js';
import { isPlaceholderKey } from './placeholder.js';
import { isKeyVariable, looksLikeKey } from './secret-like.js';
import { tidyKey } from './tidy-key.js';

/** Whether variables in it are kept from commands: keys, headers and addresses are made of them. */
const carriesVariables = ({ path }: WrittenLeaf): boolean =>
  path[0] === 'proxy' || ['api_key', 'headers', 'base_url'].includes(path[2] ?? '');

/** The value of a variable as a secret, where the file may read it and it is set. */
function secretOf(file: ConfigFile, name: string, { variables, relativeTo }: Resolver): readonly Secret[] {
  const lookup = variableFor(file, name, variables);
  if (lookup.kind !== 'set') return [];
  const { value, source } = lookup.setting;
  return [new Secret(tidyKey(value).key, describeSource(source, { relativeTo }))];
}

/** What one value of a file holds that must not be seen: as it is, its variables, and what they make of it. */
function secretsOfLeaf(leaf: WrittenLeaf, resolver: Resolver): readonly Secret[] {
  const text = textOf(leaf);
  const { file } = leaf.source;
  const origin = originOf(leaf, resolver.relativeTo);
  if (typeof leaf.value === 'object')
    return textsIn(leaf.value)
      .filter(looksLikeKey)
      .map((inner) => new Secret(inner, origin));
  if (!isSecretAt(leaf.path, text)) {
    const names = carriesVariables(leaf) ? variablesIn(text).filter(isKeyVariable) : [];
    return names.flatMap((name) => secretOf(file, name, resolver));
  }
  if (!hasReference(text)) return [new Secret(tidyKey(text).key, origin)];
  const parts = variablesIn(text).flatMap((name) => secretOf(file, name, resolver));
  if (wholeVariable(text) !== undefined) return parts;
  const whole = replaceVariables(text, (name) => {
    const lookup = variableFor(file, name, resolver.variables);
    return lookup.kind === 'set' ? lookup.setting.value : '';
  });
  return [...parts, new Secret(whole.trim(), origin)];
}

/** Longer values are looked for piece by piece; a pattern of a megabyte is no pattern. */
const longestPiece = 2000;

const piecesOf = (value: string): readonly string[] =>
  Array.from({ length: Math.ceil(value.length / longestPiece) }, (_, index) =>
    value.slice(index * longestPiece, (index + 1) * longestPiece),
  );

/** What `.env` holds under the name of a key, or with the looks of one, or for a key, a header or an address. */
function secretsOfDotenv(leaves: readonly WrittenLeaf[], { variables, relativeTo }: Resolver): readonly Secret[] {
  const { dotenv } = variables;
  const used = new Set(leaves.filter(carriesVariables).flatMap((leaf) => variablesIn(textOf(leaf))));
  return [...(dotenv?.variables ?? [])].flatMap(([variable, { value, line }]) => {
    const { key } = tidyKey(value);
    const isSecret = isKeyVariable(variable) || used.has(variable) || looksLikeKey(key);
    if (dotenv === undefined || !isSecret || key === '' || isPlaceholderKey(key)) return [];
    const origin = describeSource({ kind: 'dotenv', file: dotenv.file, line, variable }, { relativeTo });
    return (key.length > 8 * longestPiece ? piecesOf(key) : [key]).map((piece) => new Secret(piece, origin));
  });
}

/** All of them are looked for in whatever is written, which has to go on being written. */
const mostSecrets = 1000;

/**
 * Every secret of the files and of `.env`, each value once; those of lower rank and of other providers too. Throws
 * `config_invalid` where there are more than anybody has.
 */
export function collectSecrets(leaves: readonly WrittenLeaf[], resolver: Resolver): readonly Secret[] {
  const all = [...leaves.flatMap((leaf) => secretsOfLeaf(leaf, resolver)), ...secretsOfDotenv(leaves, resolver)].filter(
    (secret) => secret.reveal() !== '',
  );
  const secrets = [...new Map(all.toReversed().map((secret) => [secret.reveal(), secret])).values()].toReversed();
  if (secrets.length <= mostSecrets) return secrets;
  throw new TraeError(
    'config_invalid',
    `The files hold ${secrets.length} keys (${secrets.at(-1)?.origin} has the last of them); ${mostSecrets} are the most that are kept secret.`,
    { hint: 'Take those out that are of no use here.' },
  );
}

/**
 * The variables that keys, headers and addresses are made of. An untrusted file is heard only where a variable is named
 * as keys are: it reads none of them, and could take `PATH` from commands.
 */
export const secretVariablesOf = (leaves: readonly WrittenLeaf[]): readonly string[] => [
  ...new Set(
    leaves
      .filter(carriesVariables)
      .flatMap((leaf) => variablesIn(textOf(leaf)).filter((name) => leaf.source.file.isTrusted || isKeyVariable(name))),
  ),
];
