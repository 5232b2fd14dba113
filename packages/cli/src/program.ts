/** What a program printed, byte for byte, and how it ended. A program that cannot be started has exit code 127. */
export type ProgramResult = { readonly exitCode: number; readonly stdout: Buffer; readonly stderr: string };

export type ProgramOptions = {
  /** Added to the workspace's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
};

/** Runs a program in the workspace and waits for it. */
export type RunProgram = (file: string, args: readonly string[], options?: ProgramOptions) => Promise<ProgramResult>;
