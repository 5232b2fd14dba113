/** What a program printed, byte for byte, and how it ended. A program that cannot be started has exit code 127. */
export type ProgramResult = {
  readonly end: 'exited' | 'not_started' | 'timed_out' | 'cancelled' | 'too_much_output';
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
};

export type ProgramOptions = {
  /** Added to the workspace's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Stops this program instead of the signal that stops the run. */
  readonly signal?: AbortSignal;
  /** Of its output; a program that prints more is ended. */
  readonly maxBytes?: number;
};

/** Runs a program in the workspace and waits for it. */
export type RunProgram = (file: string, args: readonly string[], options?: ProgramOptions) => Promise<ProgramResult>;
