import { isSecretAddress, type LoadedConfig, type ProviderConfig, type Setting, type Source } from '@trae-cli/config';
import type { JsonValue } from '@trae-cli/protocol';
import { toolNames } from '@trae-cli/tools';
import { defaultMaxSteps, type ShowConfigFlags } from '../flags/flags.js';
import { row, secretRow, type SettingRow } from './setting-row.js';

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

/** What one run may use up; nobody has a limit who set none. */
const budgetRows = ({ general }: LoadedConfig): readonly SettingRow[] => [
  ...generalRow({ key: 'max_cost', flag: noFlag, file: general.maxCost, fallback: undefined }),
  ...generalRow({ key: 'max_total_tokens', flag: noFlag, file: general.maxTotalTokens, fallback: undefined }),
];

/** The first of the variables that says something, as it was exported: a proxy is read from no other place. */
function exported(config: LoadedConfig, names: readonly string[]): Setting<string> | undefined {
  return names
    .map((name) => config.variable(name))
    .find((setting) => setting?.source.kind === 'environment' && setting.value.trim() !== '');
}

/** How the network is reached. The address of a proxy may hold a password. */
function networkRows(config: LoadedConfig): readonly SettingRow[] {
  const { caFile, noProxy: noProxyOfFile, proxy: proxyOfFile } = config.general;
  const proxy = proxyOfFile ?? exported(config, ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']);
  const noProxy = noProxyOfFile ?? exported(config, ['no_proxy', 'NO_PROXY']);
  const isSecret = proxy !== undefined && isSecretAddress(proxy.value);
  return [
    ...(isSecret
      ? [secretRow('proxy', proxy.source)]
      : generalRow({ key: 'proxy', flag: noFlag, file: proxy, fallback: undefined })),
    ...generalRow({ key: 'no_proxy', flag: noFlag, file: noProxy, fallback: undefined }),
    ...generalRow({ key: 'ca_file', flag: noFlag, file: caFile, fallback: undefined }),
  ];
}

/** What concerns no provider, defaults and all; `provider` is the one that would answer. */
export function generalRows(
  flags: ShowConfigFlags,
  config: LoadedConfig,
  provider: ProviderConfig | undefined,
): readonly SettingRow[] {
  const { general } = config;
  return [
    ...generalRow({
      key: 'max_steps',
      flag: { name: '--max-steps', value: flags.maxSteps },
      file: provider?.maxSteps ?? general.maxSteps,
      fallback: defaultMaxSteps,
    }),
    ...budgetRows(config),
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
    ...networkRows(config),
  ];
}
