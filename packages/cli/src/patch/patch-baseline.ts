import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { TraeError } from '@trae-cli/protocol';
import type { ProgramResult } from '../facts/program.js';
import type { GitProgram } from '../git/git-program.js';
import { isTestPath } from './test-path.js';

export type PatchOptions = {
  readonly root: string;
  readonly git: GitProgram;
  readonly temporaryDirectory: string;
  /** Absolute paths of our own files (journal, patch), which are no part of what the agent did. */
  readonly excluded: readonly string[];
};

const hugeTimeoutMs = 10 * 60_000;
const mostPatchBytes = 512 * 1024 * 1024;

const whyInWords = ({ end, exitCode }: ProgramResult): string =>
  end === 'exited' ? `exit code ${exitCode}` : end.replaceAll('_', ' ');

function mustSucceed(result: ProgramResult, doing: string): Buffer {
  if (result.exitCode === 0) return result.stdout;
  throw new TraeError('usage', `git could not ${doing}: ${result.stderr.trim() || whyInWords(result)}`, {
    hint: 'Mend the repository, or run without --must-patch and --patch-path.',
  });
}

const noRepository = (root: string): TraeError =>
  new TraeError('usage', `--must-patch and --patch-path need a git repository, and ${root} is not in one.`, {
    hint: 'Run `git init` there, or leave the flags out.',
  });

const noGit = (): TraeError =>
  new TraeError('usage', '--must-patch and --patch-path need git, and there is none on the PATH.', {
    hint: 'Install git, or leave the flags out.',
  });

/** `:(exclude)` for our own files that lie inside the workspace. */
function pathspecs(root: string, excluded: readonly string[]): readonly string[] {
  const inside = excluded
    .map((path) => relative(root, path))
    .filter((path) => path !== '' && !path.startsWith('..') && !isAbsolute(path));
  return ['.', ...inside.map((path) => `:(exclude,literal)${path}`)];
}

/**
 * What changed since the run began, whether committed or not. Both snapshots are trees written through a temporary
 * index into a temporary object store: the user's index and repository stay exactly as they are.
 */
export class PatchBaseline implements AsyncDisposable {
  readonly #options: PatchOptions;
  readonly #directory: string;
  readonly #environment: Readonly<Record<string, string>>;
  #start = '';

  private constructor(options: PatchOptions, directory: string, objects: string) {
    this.#options = options;
    this.#directory = directory;
    this.#environment = {
      GIT_INDEX_FILE: join(directory, 'index'),
      GIT_OBJECT_DIRECTORY: join(directory, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
    };
  }

  /** Throws a usage error where there is no repository or no git. */
  static async take(options: PatchOptions, signal: AbortSignal): Promise<PatchBaseline> {
    const { root, git, temporaryDirectory } = options;
    const questions = ['--is-inside-work-tree', '--git-path', 'objects', '--git-path', 'index'];
    const found = await git(['rev-parse', ...questions], { signal });
    const [isInside, objects, index] = found.stdout.toString('utf8').trimEnd().split('\n');
    if (found.exitCode === 127) throw noGit();
    if (found.exitCode !== 0 || isInside !== 'true' || objects === undefined || index === undefined)
      throw noRepository(root);
    const directory = await mkdtemp(join(temporaryDirectory, 'trae-cli-patch-'));
    const baseline = new PatchBaseline(options, directory, resolve(root, objects));
    await mkdir(join(directory, 'objects'));
    // The copy keeps git's knowledge of unchanged files; a new repository has no index yet.
    await copyFile(resolve(root, index), join(directory, 'index')).catch(() => undefined);
    baseline.#start = await baseline.#snapshot(signal);
    return baseline;
  }

  /** Paths changed since the start, relative to the repository's root. */
  async changedPaths(signal: AbortSignal): Promise<readonly string[]> {
    const now = await this.#snapshot(signal);
    const list = ['diff', '--name-only', '--no-renames', '-z', this.#start, now];
    const names = await this.#git(list, { doing: 'list the changes', signal });
    return names
      .toString('utf8')
      .split('\0')
      .filter((name) => name !== '');
  }

  /** Whether anything but tests has changed. */
  async hasPatch(signal: AbortSignal): Promise<boolean> {
    return (await this.changedPaths(signal)).some((path) => !isTestPath(path));
  }

  /** The whole difference, new files and tests included, for `git apply`. */
  async diff(signal: AbortSignal): Promise<Buffer> {
    const now = await this.#snapshot(signal);
    const compare = [
      'diff',
      '--binary',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      '--no-renames',
      this.#start,
      now,
    ];
    return this.#git(compare, { doing: 'make the patch', signal });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #snapshot(signal: AbortSignal): Promise<string> {
    const { root, excluded } = this.#options;
    await this.#git(['add', '--all', '--', ...pathspecs(root, excluded)], { doing: 'read the workspace', signal });
    return (await this.#git(['write-tree'], { doing: 'write a snapshot', signal })).toString('utf8').trim();
  }

  async #git(
    args: readonly string[],
    { doing, signal }: { readonly doing: string; readonly signal: AbortSignal },
  ): Promise<Buffer> {
    const settings = ['core.quotePath=true', 'advice.addEmbeddedRepo=false'];
    const result = await this.#options.git([...settings.flatMap((setting) => ['-c', setting]), ...args], {
      environment: this.#environment,
      timeoutMs: hugeTimeoutMs,
      maxBytes: mostPatchBytes,
      signal,
    });
    return mustSucceed(result, doing);
  }
}
