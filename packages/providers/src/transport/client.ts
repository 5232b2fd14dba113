import type { GuardedResponse } from './guarded-fetch.js';

export type PostOptions = {
  readonly signal: AbortSignal;
  /** Beside those that the client always sends, and in their place where the names are the same. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Exchanges with one endpoint. Throws a ServiceFailure, or the reason of the signal. */
export interface Client {
  post(url: string, body: Uint8Array, options: PostOptions): Promise<GuardedResponse>;
  /** `path` stands behind the base URL. */
  get(path: string, signal: AbortSignal): Promise<GuardedResponse>;
}
