import { z } from 'zod';

/** What became of a run. */
export type Outcome = {
  readonly exitCode: number | null;
  /** Undefined: it completed. */
  readonly code: string | undefined;
  /** Of the error; empty where there is none. */
  readonly message: string;
  /** What the person is told to do. */
  readonly hint: string;
  /** How often a turn was asked for. */
  readonly requests: number;
  /** The lines that commands have left, in order. */
  readonly traces: readonly string[];
};

const documentSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().default('') }).nullable(),
});

export type Ended = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };

export function outcomeOf({ exitCode, stdout, stderr }: Ended, seen: Pick<Outcome, 'requests' | 'traces'>): Outcome {
  if (stdout === '') throw new Error(`The program ended with ${exitCode} and no result. It said:\n${stderr}`);
  const { error } = documentSchema.parse(JSON.parse(stdout));
  return {
    exitCode,
    code: error?.code,
    message: (error?.message ?? '').replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'),
    hint: error?.hint ?? '',
    ...seen,
  };
}
