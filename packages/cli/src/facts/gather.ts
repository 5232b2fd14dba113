import { constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { RunFacts } from '@trae-cli/agent';
import { type Files, readInstructions } from '@trae-cli/tools';
import { configDirectory } from '../host/base-directories.js';
import type { Host } from '../host/host.js';
import type { RunProgram } from './program.js';
import { gitIn } from '../git/git-program.js';
import { findGitState } from './git-state.js';
import { findTestCommands } from './test-command.js';
import { describeShell, findPrograms } from './toolchains.js';

export type FactSources = {
  readonly root: string;
  readonly host: Host;
  readonly run: RunProgram;
  readonly files: Files;
  /** Called when all programs that are asked run beside us: the time to do what keeps this process busy. */
  readonly onProgramsStarted: () => void;
};

const mostManifestBytes = 1_000_000;

/** A file of the project itself: no pipe that somebody waits at, no link out of it, nothing huge. */
async function readRootFile(files: Files, name: string): Promise<string | undefined> {
  try {
    const place = await files.locate(name, 'read');
    if (place.kind !== 'file' || place.size > mostManifestBytes) return undefined;
    return await readFile(place.realPath, { encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NONBLOCK });
  } catch {
    // Absent or unreadable: a fact that is not there, and no reason to fail.
    return undefined;
  }
}

/** Paths two levels deep, directories with a trailing slash, ignored files left out. */
async function listTree(files: Files, root: string): Promise<readonly string[]> {
  const { entries } = await files.list(root, { depth: 2, maxEntries: 500 });
  return entries.map(({ path, kind }) => (kind === 'directory' ? `${path}/` : path));
}

/** What spares the model a turn of exploring, taken once per run. */
export async function gatherFacts({ root, host, run, files, onProgramsStarted }: FactSources): Promise<RunFacts> {
  const readFromRoot = (name: string): Promise<string | undefined> => readRootFile(files, name);
  const treeListed = listTree(files, root);
  const own = configDirectory(host);
  const [tree, shell, git, programs, testCommands, ofUser, ofProject] = await Promise.all([
    treeListed,
    describeShell(run),
    findGitState(gitIn(root, run)),
    treeListed.then((paths) => {
      setImmediate(onProgramsStarted);
      return findPrograms(paths, run);
    }),
    findTestCommands(readFromRoot),
    // Where the person's own files lie, and what they link to, is the person's affair.
    readInstructions(own, { within: '/' }),
    readInstructions(root, { within: root }),
  ]);
  return {
    workingDirectory: root,
    platform: host.platform,
    shell,
    date: host.today().toISOString().slice(0, 10),
    tree,
    git,
    programs,
    testCommands,
    userInstructions: ofUser,
    projectInstructions: ofProject.map(({ path, text }) => ({ path: relative(root, path), text })),
  };
}
