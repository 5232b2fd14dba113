import { describeSource, type Source } from '@trae-cli/config';
import type { JsonValue } from '@trae-cli/protocol';

/** One line of the table: a setting, what it is, and who said so. */
export type SettingRow = {
  /** As in the file: `model_providers.groq.model`. */
  readonly key: string;
  /** The same in its parts, of what belongs to a provider: names of providers and models may have dots. */
  readonly path?: readonly string[];
  /** Null for a secret and for what is not set. */
  readonly value: JsonValue;
  readonly isSecret: boolean;
  readonly isSet: boolean;
  readonly source: Source;
  /** Why, where the source alone does not say it. */
  readonly note?: string;
};

export const row = (key: string, value: JsonValue, source: Source): SettingRow => ({
  key,
  value,
  isSecret: false,
  isSet: true,
  source,
});

/** A secret: whether it is set and by whom, and not one character of it. */
export const secretRow = (key: string, source: Source | undefined): SettingRow => ({
  key,
  value: null,
  isSecret: true,
  isSet: source !== undefined,
  source: source ?? { kind: 'default' },
});

export const unsetRow = (key: string, note: string): SettingRow => ({
  key,
  value: null,
  isSecret: false,
  isSet: false,
  source: { kind: 'default' },
  note,
});

/** The value as the table shows it. */
export function shownValue({ value, isSecret, isSet, source, note }: SettingRow, relativeTo: string): string {
  if (!isSet) return note ?? 'not set';
  if (isSecret) return `set, from ${describeSource(source, { relativeTo })}`;
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
