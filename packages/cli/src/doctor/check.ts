import type { ErrorCode, LLMProvider, Model, ModelInfo, TraeError } from '@trae-cli/protocol';
import type { Reach, SpeechFinding, ToolsFinding } from '@trae-cli/providers';
import type { Patient } from './patient.js';

/** In the order in which they are made, with the names they are shown by. */
export const checkTitles = {
  configuration: 'configuration',
  provider: 'provider',
  key: 'key',
  address: 'address',
  connection: 'connection',
  tls: 'TLS',
  access: 'key accepted',
  model: 'model',
  answer: 'answer',
  tools: 'tool calls',
  usage: 'usage',
  window: 'window',
  environment: 'environment',
} as const;

export type CheckId = keyof typeof checkTitles;

/** What came of a check, in sentences. `advice`: what to do about it; lines of it may hold commands. */
export type Verdict =
  | { readonly status: 'ok'; readonly says: string }
  | { readonly status: 'warning'; readonly says: string; readonly advice: readonly string[] }
  | { readonly status: 'failed'; readonly says: string; readonly advice: readonly string[]; readonly code: ErrorCode }
  /** `blockedBy`: the failure before it that keeps it from being made. */
  | { readonly status: 'skipped'; readonly says: string; readonly blockedBy?: CheckId };

export type CheckResult = Verdict & { readonly id: CheckId };

/** What the checks have found so far, for those that follow and for the card. */
export type Known = {
  readonly provider?: LLMProvider;
  readonly reach?: Reach;
  /** What the service lists; absent where it does not. */
  readonly offered?: readonly ModelInfo[];
  readonly model?: Model;
  /** Whether tool calls were to be written into the text before anything was asked. */
  readonly wasPrompted?: boolean;
  readonly speech?: SpeechFinding;
  readonly tools?: ToolsFinding;
  /** Calls were made only when they were asked for in the text. */
  readonly needsPrompting?: boolean;
};

export type Finding = { readonly verdict: Verdict; readonly known?: Known };

/** One check of a provider. What it throws is a failure. */
export type Check = {
  readonly id: CheckId;
  /** Not made where one of these has failed. */
  readonly needs: readonly CheckId[];
  readonly sends: boolean;
  readonly limitMs: number;
  /** As much of it as sends nothing. */
  offline?(patient: Patient): Verdict;
  run(patient: Patient, known: Known, signal: AbortSignal): Promise<Finding> | Finding;
};

export const ok = (says: string): Verdict => ({ status: 'ok', says });

export const warning = (says: string, ...advice: readonly string[]): Verdict => ({ status: 'warning', says, advice });

export const failed = ({ code, message, hint }: TraeError): Verdict => ({
  status: 'failed',
  says: message,
  advice: hint === undefined ? [] : [hint],
  code,
});

export const skipped = (says: string): Verdict => ({ status: 'skipped', says });
