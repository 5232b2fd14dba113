import type { SecureContext } from 'node:tls';
import type { buildConnector } from 'undici';
import buildUndiciConnector from 'undici/lib/core/connect.js';

export type Connector = (options: buildConnector.Options, callback: buildConnector.Callback) => void;

/** Until a connection and its TLS stand. */
const connectTimeoutMs = 10_000;

/**
 * Connections that do not keep the process alive while they come about: the exchange that waits for one does, and one
 * that nobody waits for any more must not.
 */
export function createConnector(context: SecureContext | undefined): Connector {
  const connect = buildUndiciConnector({
    timeout: connectTimeoutMs,
    ...(context === undefined ? {} : { secureContext: context }),
  });
  return (options, callback) => {
    connect(options, callback).unref();
  };
}
