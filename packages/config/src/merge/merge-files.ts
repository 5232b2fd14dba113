import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '@trae-cli/protocol';
import type { CheckedFile, WrittenLeaf } from '../schema/written-leaf.js';

/** What the files say about one key, the highest rank first. */
export type MergedLeaf = {
  readonly path: readonly string[];
  readonly candidates: readonly [WrittenLeaf, ...WrittenLeaf[]];
};

export type MergedFiles = {
  /** General settings first, then provider by provider, each in the order of the schema. */
  readonly leaves: readonly MergedLeaf[];
  /** Those of the higher file first. */
  readonly providerNames: readonly string[];
};

/** Headers have one name in whatever letters. */
const identityOf = ({ path }: WrittenLeaf): string =>
  JSON.stringify(path[2] === 'headers' ? path.map((part, index) => (index === 3 ? part.toLowerCase() : part)) : path);

/** Of two lists of tools the stricter holds: a file that nobody trusts takes tools away and gives none back. */
const narrowed: Readonly<Record<string, (own: readonly JsonValue[], below: readonly JsonValue[]) => JsonValue>> = {
  tools: (own, below) => own.filter((tool) => below.includes(tool)),
  disallowed_tools: (own, below) => [...new Set([...below, ...own])],
};

/** Of two budgets the smaller holds: a file that nobody trusts saves the person's money and spends none of it. */
const budgets: readonly string[] = ['max_cost', 'max_total_tokens'];

function narrow(candidates: MergedLeaf['candidates']): MergedLeaf['candidates'] {
  const [first, ...lower] = candidates;
  const [key = ''] = first.path;
  const trusted = lower.find(({ source }) => source.file.isTrusted);
  if (trusted !== undefined && budgets.includes(key) && !first.source.file.isTrusted) {
    const isWider = Number(first.value) > Number(trusted.value);
    return isWider ? [trusted, ...candidates.filter((candidate) => candidate !== trusted)] : candidates;
  }
  const combine = Object.hasOwn(narrowed, key) && !first.source.file.isTrusted ? narrowed[key] : undefined;
  if (combine === undefined || trusted === undefined) return candidates;
  if (!Array.isArray(first.value) || !Array.isArray(trusted.value)) return candidates;
  return [{ ...first, value: combine(first.value, trusted.value) }, ...lower];
}

/** The files' leaves in one, leaf by leaf: objects key by key, lists as a whole. The highest rank comes first. */
export function mergeFiles(files: readonly CheckedFile[], keyOrder: readonly string[]): MergedFiles {
  const providerNames = [...new Set(files.flatMap((file) => file.providerNames))];
  const byIdentity = new Map<string, MergedLeaf>();
  for (const leaf of files.flatMap((file) => file.leaves)) {
    const known = byIdentity.get(identityOf(leaf));
    const [first, ...rest] = known?.candidates ?? [leaf];
    const candidates: MergedLeaf['candidates'] = known === undefined ? [leaf] : [first, ...rest, leaf];
    byIdentity.set(identityOf(leaf), { path: known?.path ?? leaf.path, candidates });
  }
  const providerRanks = new Map(providerNames.map((name, index) => [name, (index + 1) * (keyOrder.length + 1)]));
  const rank = ({ path: [top, provider = '', key = ''] }: MergedLeaf): number =>
    top === 'model_providers' ? (providerRanks.get(provider) ?? 0) + keyOrder.indexOf(key) : 0;
  const leaves = [...byIdentity.values()]
    .map(({ path, candidates }) => ({ path, candidates: narrow(candidates) }))
    .toSorted((a, b) => rank(a) - rank(b));
  return { leaves, providerNames };
}

/** The sources of lower rank that say something else than the highest. */
export const shadowsOf = ({ candidates: [first, ...lower] }: MergedLeaf): readonly WrittenLeaf['source'][] =>
  lower.filter(({ value }) => !isDeepStrictEqual(value, first.value)).map(({ source }) => source);
