import { describeSource, type LoadedConfig, type Setting } from '@trae-cli/config';
import { didYouMean, nearest, TraeError } from '@trae-cli/protocol';
import { toolNames } from '@trae-cli/tools';
import type { ToolFlags } from '../flags/flags.js';

/** Names of the original's tools that are not here yet: its configurations name them, and should go on working. */
const notBuiltYet = new Set(['ckg']);

export type ToolChoice = {
  /** Absent: all of them. */
  readonly allowed?: readonly string[];
  readonly disallowed?: readonly string[];
};

const fromFlag = (names: readonly string[] | undefined, flag: string): Setting<readonly string[]> | undefined =>
  names === undefined ? undefined : { value: names, source: { kind: 'flag', flag } };

function unknownTool(name: string, source: Setting<unknown>['source']): TraeError {
  const question = didYouMean(nearest(name, toolNames));
  const code = source.kind === 'flag' ? 'usage' : 'config_invalid';
  return new TraeError(code, `There is no tool ${JSON.stringify(name)} (${describeSource(source)}).${question}`, {
    hint: `Choose from ${toolNames.join(', ')}.`,
  });
}

function checked({ value, source }: Setting<readonly string[]>): readonly string[] {
  const known: readonly string[] = toolNames;
  for (const name of value)
    if (!known.includes(name) && !(source.kind === 'file' && notBuiltYet.has(name))) throw unknownTool(name, source);
  return value;
}

/** Which tools the model is given: by the flags, else by the files. Throws for a name that is no tool. */
export function chosenTools(flags: ToolFlags, { general }: Pick<LoadedConfig, 'general'>): ToolChoice {
  const allowed = fromFlag(flags.allowedTools, '--allowed-tools') ?? general.tools;
  const disallowed = fromFlag(flags.disallowedTools, '--disallowed-tools');
  const both = flags.allowedTools?.find((name) => flags.disallowedTools?.includes(name));
  if (both !== undefined)
    throw new TraeError('usage', `${both} is both allowed and disallowed.`, {
      hint: 'Name it in --allowed-tools or in --disallowed-tools, not in both.',
    });
  const without = [disallowed, general.disallowedTools].flatMap((names) => (names === undefined ? [] : checked(names)));
  return {
    ...(allowed === undefined ? {} : { allowed: checked(allowed) }),
    ...(without.length === 0 ? {} : { disallowed: without }),
  };
}

/** What the files ask for that is not here yet. */
export const missingTools = ({ general }: Pick<LoadedConfig, 'general'>): readonly string[] =>
  (general.tools?.value ?? []).filter((name) => notBuiltYet.has(name));
