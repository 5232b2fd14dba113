import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '@trae-cli/protocol';
import type { ProgramOptions, ProgramResult, RunProgram } from '../facts/program.js';

/** Runs git in the workspace. */
export type GitProgram = (args: readonly string[], options?: ProgramOptions) => Promise<ProgramResult>;

/**
 * Looking at a repository starts no program that it names: no watcher of files, no hook, no external comparison, and
 * nothing of a bare repository, which is a folder like any other to whoever clones what it lies in.
 */
const quiet = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'safe.bareRepository=explicit'].flatMap(
  (setting) => ['-c', setting],
);

const lookMs = 3000;

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

/** Whether the repository's own settings could name a filter; mostly they plainly do not, which saves asking git. */
async function mayNameFilters(root: string): Promise<boolean> {
  try {
    return /filter|include/i.test(await readFile(join(root, '.git', 'config'), 'utf8'));
  } catch (error) {
    return !(hasCode(error, 'ENOENT') && (await isDirectory(join(root, '.git'))));
  }
}

/** Filters that the person has set up for all repositories are theirs, such as those of git-lfs. */
const personalScopes: readonly string[] = ['system', 'global'];

/** The environment that switches off the filters which the repository itself names, and which git would start. */
async function withoutFilters(root: string, run: RunProgram): Promise<Readonly<Record<string, string>>> {
  if (!(await mayNameFilters(root))) return {};
  const query = ['--get-regexp', String.raw`^filter\..*\.(clean|smudge|process|required)$`];
  const args = [...quiet, 'config', '--show-scope', '--null', '--name-only', ...query];
  const { stdout } = await run('git', args, { timeoutMs: lookMs });
  const parts = stdout.toString('utf8').split('\0');
  const names = parts.filter((_part, index) => index % 2 === 1 && !personalScopes.includes(parts[index - 1] ?? ''));
  const settings = names.flatMap((name, index) => [
    [`GIT_CONFIG_KEY_${index}`, name] as const,
    [`GIT_CONFIG_VALUE_${index}`, name.endsWith('.required') ? 'false' : ''] as const,
  ]);
  return names.length === 0 ? {} : { GIT_CONFIG_COUNT: String(names.length), ...Object.fromEntries(settings) };
}

/** The git of a workspace that nobody may have looked at before. */
export function gitIn(root: string, run: RunProgram): GitProgram {
  let environment: Promise<Readonly<Record<string, string>>> | undefined;
  return async (args, options = {}) => {
    environment ??= withoutFilters(root, run);
    return run('git', [...quiet, ...args], {
      ...options,
      environment: { ...(await environment), ...options.environment },
    });
  };
}
