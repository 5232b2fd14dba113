import type { JsonValue } from '@trae-cli/protocol';

/** What went wrong on the wire, before anybody has judged it. */
export type Failure =
  /** A status that is not a success; the body is bounded. */
  | {
      readonly type: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** An error told inside a successful answer. */
  | { readonly type: 'reported'; readonly body: JsonValue }
  /** A finish reason that is not an answer. */
  | { readonly type: 'gave_up'; readonly reason: string }
  /** No connection, or none that lasted until the first header. */
  | { readonly type: 'unreachable'; readonly cause: unknown }
  /** The connection broke after the first header. */
  | { readonly type: 'broken'; readonly cause: unknown }
  | { readonly type: 'silent'; readonly phase: 'headers' | 'body'; readonly limitMs: number }
  | { readonly type: 'truncated' }
  | { readonly type: 'overflowed' }
  /** The server has read `kept` tokens, its window, of about `sent`, although it was asked for a window of `asked`. */
  | { readonly type: 'prompt_truncated'; readonly kept: number; readonly sent: number; readonly asked: number }
  | { readonly type: 'malformed'; readonly text: string }
  /** More than any honest answer has; `what` follows "more than". */
  | { readonly type: 'oversized'; readonly what: string }
  | { readonly type: 'web_page'; readonly contentType: string }
  | { readonly type: 'redirected'; readonly status: number; readonly location: string };

/** Carries a failure through the vendor's client, which looks into messages and wraps what it does not know. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  readonly failure: Failure;

  constructor(failure: Failure) {
    // No cause: the clients look into it, and take what says "timed out" for a limit of theirs, with nothing left of this.
    super('The exchange failed.');
    this.failure = failure;
  }
}
