import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue } from '@trae-cli/protocol';

export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came. */
  readonly raw: Buffer;
  /** The body as JSON; null where it is not JSON. */
  readonly body: JsonValue;
  /** Milliseconds, of a clock that never goes back. */
  readonly at: number;
  /** How the exchange ended, as soon as it has: `abandoned` by a client that did not wait for the rest. */
  readonly ended: Promise<'answered' | 'abandoned'>;
};
