import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import type { SilenceLimits } from '../endpoint.js';
import { ServiceFailure } from '../errors/failure.js';
import { SilenceWatch } from './silence.js';

/** One request and its answer, under two clocks: one until the first header, one between the bytes. */
export class Exchange {
  readonly #scope = new AbortController();
  readonly #limits: SilenceLimits;
  readonly #callerSignal: AbortSignal | null | undefined;
  #phase: 'headers' | 'body' = 'headers';
  readonly watch = new SilenceWatch((limitMs) => {
    this.#scope.abort(new ServiceFailure({ type: 'silent', phase: this.#phase, limitMs }));
  });

  constructor(limits: SilenceLimits, callerSignal: AbortSignal | null | undefined) {
    this.#limits = limits;
    this.#callerSignal = callerSignal;
    // The signal is the client's own for this request, so nothing has to be taken off it again.
    if (callerSignal?.aborted === true) this.#scope.abort(callerSignal.reason);
    callerSignal?.addEventListener('abort', () => this.#scope.abort(callerSignal.reason), { once: true });
  }

  get signal(): AbortSignal {
    return this.#scope.signal;
  }

  /** Waits for the first header. */
  async begin(agent: Dispatcher, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> {
    this.watch.expectWithin(this.#limits.headersMs);
    try {
      const response = await this.#unlessAborted(request.call(agent, { ...options, signal: this.signal }));
      this.#phase = 'body';
      this.watch.expectWithin(this.#limits.idleMs);
      return response;
    } catch (error) {
      this.watch.stop();
      throw this.#explained(error);
    }
  }

  /** The bytes of the body; leaving the loop early closes the connection. */
  async *bytesOf(body: Readable): AsyncGenerator<Uint8Array, void> {
    try {
      for await (const chunk of body) {
        this.watch.signOfLife();
        yield chunk as Uint8Array;
      }
    } catch (error) {
      throw this.#explained(error);
    } finally {
      this.watch.stop();
      body.destroy();
    }
  }

  /** A request that has no connection yet would hear of an abort only when it has one. */
  #unlessAborted<Result>(sent: Promise<Result>): Promise<Result> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      const abandon = (): void => reject(signal.reason as Error);
      if (signal.aborted) abandon();
      else signal.addEventListener('abort', abandon, { once: true });
      sent.then(resolve, reject);
    });
  }

  #explained(error: unknown): unknown {
    if (this.#callerSignal?.aborted === true || error instanceof ServiceFailure) return error;
    return new ServiceFailure({ type: this.#phase === 'headers' ? 'unreachable' : 'broken', cause: error });
  }
}
