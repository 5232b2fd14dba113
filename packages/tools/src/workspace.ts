import type { Redactor } from '@trae-cli/protocol';

/** Where the tools act: this machine or, later, a container. Disposing it ends everything the run started. */
export interface Workspace extends AsyncDisposable {
  /** An absolute path with every symbolic link resolved. */
  readonly root: string;
  readonly redactor: Redactor;
  /** The one shell of the run. It starts with its first command, or with `warm`. */
  readonly shell: Shell;
  readonly files: Files;
  /** Runs one program, without a shell. What it prints comes back byte for byte: nothing is redacted. */
  exec(file: string, args: readonly string[], options: ExecOptions): Promise<ExecResult>;
  /** Keeps a text in the output directory, redacted, and answers with its path, which `view` may read. */
  spill(name: string, text: string): Promise<string>;
}

export type ExecOptions = {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  /** Relative to the root, which is the default. */
  readonly directory?: string;
  readonly stdin?: string | Uint8Array;
  /** Added to the environment that commands see. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of each of the two streams; a program that prints more is ended. 64 MiB unless told. */
  readonly maxBytes?: number;
};

export type ExecResult = {
  readonly end: 'exited' | 'not_started' | 'timed_out' | 'cancelled' | 'too_much_output';
  /** As a shell would report it: 127 when there is no such program, 128 and the signal's number after a signal. */
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
};

export interface Shell {
  /** Starts the shell without waiting for it. A failure is told by the first command. */
  warm(): void;
  /** Runs a command line after those already given. Never throws: every end is a result. */
  run(command: string, options: ShellOptions): Promise<ShellResult>;
  /** Begins again in the root with a fresh state; background processes live on. */
  restart(): Promise<void>;
}

export type ShellOptions = {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Output for people, while the command runs: cleaned, redacted and limited in rate. */
  readonly onOutput?: (text: string) => void;
};

export type ShellResult = {
  readonly end: 'exited' | 'timed_out' | 'cancelled' | 'not_started';
  readonly exitCode: number;
  readonly durationMs: number;
  /** Standard output and error as they came, bounded; the middle of a long one is replaced by a note. */
  readonly output: string;
  /** Where the whole output is, when it was too long. */
  readonly outputFile?: string;
  /** What background processes printed since the last command. */
  readonly lateOutput: string;
  /** What the model has to know: state that was lost, a shell other than bash. */
  readonly notes: readonly string[];
};

export type FileAccess = 'read' | 'write';

/** A place in the workspace, or the reason why it is none. `path` is absolute; links lead to `realPath`. */
export type Place =
  | { readonly kind: 'outside'; readonly path: string; readonly reason: string }
  | { readonly kind: 'missing'; readonly path: string; readonly realPath: string }
  | { readonly kind: 'file'; readonly path: string; readonly realPath: string; readonly size: number }
  | { readonly kind: 'directory'; readonly path: string; readonly realPath: string }
  | { readonly kind: 'special'; readonly path: string; readonly realPath: string };

export type TreeEntry = {
  /** Relative to the listed directory, with `/` between names. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link';
};

export type Tree = {
  readonly entries: readonly TreeEntry[];
  /** There was more than the limit allowed. */
  readonly truncated: boolean;
};

export type TreeLimits = { readonly depth: number; readonly maxEntries: number };

export interface Files {
  /** Resolves a path from the root and holds it to the fence, by real path. */
  locate(path: string, access: FileAccess): Promise<Place>;
  /** The bytes of a file, in order. */
  read(realPath: string): AsyncIterable<Uint8Array>;
  /** Replaces a file in one step, or makes it and its directories; an existing file keeps its mode. */
  write(realPath: string, bytes: Uint8Array): Promise<void>;
  /** Names below a directory, sorted, without `.git`, `node_modules` and what git ignores. */
  list(realPath: string, limits: TreeLimits): Promise<Tree>;
}
