import type { JsonValue } from '@trae-cli/protocol';
import type { Target } from './target.js';

/** Parameters in the order in which they are sent; undefined is not sent. Of a name that comes twice, the later counts. */
export type NamedParameters = readonly (readonly [name: string, value: JsonValue | undefined])[];

export function sentParameters(named: NamedParameters): Readonly<Record<string, JsonValue>> {
  const sent: Record<string, JsonValue> = {};
  for (const [name, value] of named) if (value !== undefined) sent[name] = value;
  return sent;
}

/** `true` only where it may be sent; `false`, which has to be asked for, always. Neither without tools. */
export function parallelCalls({ dialect, parallelToolCalls }: Target, hasTools: boolean): boolean | undefined {
  if (!hasTools || parallelToolCalls === undefined) return undefined;
  return parallelToolCalls && !dialect.parallelToolCalls ? undefined : parallelToolCalls;
}
