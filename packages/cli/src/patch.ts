import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { TraeError } from '@trae-cli/protocol';
import type { ProgramResult, RunProgram } from './program.js';
import { isTestPath } from './test-path.js';

export type PatchOptions = {
  readonly root: string;
  readonly run: RunProgram;
  readonly temporaryDirectory: string;
  /** Absolute paths of our own files (journal, patch), which are no part of what the agent did. */
  readonly excluded: readonly string[];
};

const hugeTimeoutMs = 10 * 60_000;

function mustSucceed(result: ProgramResult, doing: string): Buffer {
  if (result.exitCode === 0) return result.stdout;
  throw new TraeError('usage', `git could not ${doing}: ${result.stderr.trim() || `exit code ${result.exitCode}`}`, {
    hint: 'Mend the repository, or run without --must-patch and --patch-path.',
  });
}

const noRepository = (root: string, detail: string): TraeError =>
  new TraeError('usage', `--must-patch and --patch-path need a git repository, and ${root} is not in one.`, {
    hint: `Run \`git init\` there, or leave the flags out.${detail === '' ? '' : ` (${detail})`}`,
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
  static async take(options: PatchOptions): Promise<PatchBaseline> {
    const { root, run, temporaryDirectory } = options;
    const found = await run('git', [
      'rev-parse',
      '--is-inside-work-tree',
      '--git-path',
      'objects',
      '--git-path',
      'index',
    ]);
    const [isInside, objects, index] = found.stdout.toString('utf8').trimEnd().split('\n');
    if (found.exitCode === 127) throw noRepository(root, 'git is not installed');
    if (found.exitCode !== 0 || isInside !== 'true' || objects === undefined || index === undefined)
      throw noRepository(root, '');
    const directory = await mkdtemp(join(temporaryDirectory, 'trae-cli-patch-'));
    const baseline = new PatchBaseline(options, directory, resolve(root, objects));
    await mkdir(join(directory, 'objects'));
    // The copy keeps git's knowledge of unchanged files; a new repository has no index yet.
    await copyFile(resolve(root, index), join(directory, 'index')).catch(() => undefined);
    baseline.#start = await baseline.#snapshot();
    return baseline;
  }

  /** Paths changed since the start, relative to the repository's root. */
  async changedPaths(): Promise<readonly string[]> {
    const names = await this.#git(
      ['diff', '--name-only', '--no-renames', '-z', this.#start, await this.#snapshot()],
      'list the changes',
    );
    return names
      .toString('utf8')
      .split('\0')
      .filter((name) => name !== '');
  }

  /** Whether anything but tests has changed. */
  async hasPatch(): Promise<boolean> {
    return (await this.changedPaths()).some((path) => !isTestPath(path));
  }

  /** The whole difference, new files and tests included, for `git apply`. */
  async diff(): Promise<Buffer> {
    return this.#git(
      ['diff', '--binary', '--no-color', '--no-ext-diff', '--no-renames', this.#start, await this.#snapshot()],
      'make the patch',
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #snapshot(): Promise<string> {
    await this.#git(
      ['add', '--all', '--', ...pathspecs(this.#options.root, this.#options.excluded)],
      'read the workspace',
    );
    return (await this.#git(['write-tree'], 'write a snapshot')).toString('utf8').trim();
  }

  async #git(args: readonly string[], doing: string): Promise<Buffer> {
    const safe = [
      '-c',
      'core.fsmonitor=false',
      '-c',
      'core.quotePath=true',
      '-c',
      'advice.addEmbeddedRepo=false',
      ...args,
    ];
    return mustSucceed(
      await this.#options.run('git', safe, { environment: this.#environment, timeoutMs: hugeTimeoutMs }),
      doing,
    );
  }
}
