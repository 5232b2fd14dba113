import type { LoadedConfig, Setting, Source } from '@trae-cli/config';
import type { JsonValue } from '@trae-cli/protocol';
import { toolNames } from '@trae-cli/tools';
import { defaultMaxSteps, type ShowConfigFlags } from '../flags/flags.js';
import { row, type SettingRow } from './setting-row.js';

type General<Value> = {
  readonly key: string;
  readonly flag: { readonly name: string; readonly value: Value | undefined };
  readonly file: Setting<Value> | undefined;
  readonly fallback: Value | undefined;
};

function generalRow<Value extends JsonValue>({ key, flag, file, fallback }: General<Value>): readonly SettingRow[] {
  const flagSource: Source = { kind: 'flag', flag: flag.name };
  if (flag.value !== undefined) return [row(key, flag.value, flagSource)];
  if (file !== undefined) return [row(key, file.value, file.source)];
  return fallback === undefined ? [] : [row(key, fallback, { kind: 'default' })];
}

/** What the file forbids stays forbidden beside a flag. */
function forbidden(flag: readonly string[] | undefined, file: Setting<readonly string[]> | undefined) {
  return flag === undefined ? undefined : [...new Set([...flag, ...(file?.value ?? [])])];
}

const noFlag = { name: '', value: undefined } as const;

/** What concerns no provider, defaults and all. */
export function generalRows(flags: ShowConfigFlags, { general }: LoadedConfig): readonly SettingRow[] {
  return [
    ...generalRow({
      key: 'max_steps',
      flag: { name: '--max-steps', value: flags.maxSteps },
      file: general.maxSteps,
      fallback: defaultMaxSteps,
    }),
    ...generalRow<readonly string[]>({
      key: 'tools',
      flag: { name: '--allowed-tools', value: flags.allowedTools },
      file: general.tools,
      fallback: toolNames,
    }),
    ...generalRow<readonly string[]>({
      key: 'disallowed_tools',
      flag: { name: '--disallowed-tools', value: forbidden(flags.disallowedTools, general.disallowedTools) },
      file: general.disallowedTools,
      fallback: undefined,
    }),
    ...generalRow<readonly string[]>({
      key: 'allow_paths',
      flag: noFlag,
      file: general.allowPaths,
      fallback: undefined,
    }),
    ...generalRow<readonly string[]>({ key: 'pass_env', flag: noFlag, file: general.passEnv, fallback: undefined }),
  ];
}
