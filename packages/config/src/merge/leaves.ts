import type { JsonValue } from '@trae-cli/protocol';
import { wholeVariable } from '../interpolate/template.js';
import type { Leaf } from '../loaded-config.js';
import { textsIn } from '../schema/texts-in.js';
import { isSecretAddress, isSecretHeader, looksLikeKey } from '../secrets/secret-like.js';
import { describeKey } from '../schema/report.js';
import { type MergedLeaf, shadowsOf } from './merge-files.js';

/** Whether what stands at a path is a secret, or may hold one, by its key or by its looks. */
export function isSecretAt(path: readonly string[], value: JsonValue): boolean {
  const [top, , key, header] = path;
  const text = typeof value === 'string' ? value : '';
  if (key === 'api_key') return true;
  if (key === 'base_url' || top === 'proxy') return isSecretAddress(text);
  if (key === 'headers') return isSecretHeader(header ?? '', text);
  if (path.at(-2) === 'set' && text !== '') return isSecretHeader(path.at(-1) ?? '', text);
  return textsIn(value).some(looksLikeKey);
}

/** `${NAME}` alone tells where the secret is, and not the secret. */
const isSafe = (value: JsonValue): boolean => typeof value === 'string' && wholeVariable(value) !== undefined;

/** The effective values, as they were written. */
export const leavesOf = (merged: readonly MergedLeaf[]): readonly Leaf[] =>
  merged.map((leaf) => {
    const { value, source } = leaf.candidates[0];
    const isSecret = isSecretAt(leaf.path, value);
    return {
      key: describeKey(leaf.path),
      path: leaf.path,
      value: isSecret && !isSafe(value) ? null : value,
      isSecret,
      source,
      shadows: shadowsOf(leaf),
    };
  });
