import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Paths relative to the root, and what is in them. */
export type WorkspaceFiles = Readonly<Record<string, string | Uint8Array>>;

export type TempWorkspaceOptions = {
  /** Makes a repository of it, with everything in one commit. */
  readonly git?: boolean;
};

/** A real directory, removed at the end of the scope. */
export interface TempWorkspace extends AsyncDisposable {
  /** Absolute, links resolved. */
  readonly root: string;
  path(...segments: readonly string[]): string;
  read(path: string): Promise<string>;
  write(files: WorkspaceFiles): Promise<void>;
  /** Runs git here and answers with its standard output, under an identity of our own. */
  git(...args: readonly string[]): Promise<string>;
}

const run = promisify(execFile);

/** Neither the home directory nor the machine has a say, so that an empty container behaves like a laptop. */
const gitEnvironment: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.invalid',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.invalid',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

class Directory implements TempWorkspace {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  path(...segments: readonly string[]): string {
    return join(this.root, ...segments);
  }

  read(path: string): Promise<string> {
    return readFile(this.path(path), 'utf8');
  }

  async write(files: WorkspaceFiles): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      const target = this.path(path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
  }

  async git(...args: readonly string[]): Promise<string> {
    const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...environment } = process.env;
    const { stdout } = await run('git', args, { cwd: this.root, env: { ...environment, ...gitEnvironment } });
    return stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A process that is still dying may hold a file for a moment.
    await rm(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }
}

export async function tempWorkspace(
  files: WorkspaceFiles = {},
  options: TempWorkspaceOptions = {},
): Promise<TempWorkspace> {
  const workspace = new Directory(await realpath(await mkdtemp(join(tmpdir(), 'trae-'))));
  await workspace.write(files);
  if (options.git === true) {
    await workspace.git('init', '--quiet', '--initial-branch=main');
    await workspace.git('add', '--all', '--force');
    await workspace.git('commit', '--quiet', '--allow-empty', '--message=Start');
  }
  return workspace;
}
