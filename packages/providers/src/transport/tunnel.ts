import { type ClientRequest, request as requestOver } from 'node:http';
import type { Socket } from 'node:net';
import type { Connector } from './connector.js';
import { type Proxy, ProxyFailure } from './proxy.js';

/** The proxy has to reach the service before it answers. */
const tunnelTimeoutMs = 60_000;

type Options = Parameters<Connector>[0];
type Callback = Parameters<Connector>[1];

/** A connection to the proxy itself. */
export const reachProxy =
  (proxy: Proxy, connect: Connector): Connector =>
  (_options, callback) => {
    const { hostname, host, protocol, port } = proxy.url;
    connect({ hostname: hostname.replaceAll(/[[\]]/g, ''), host, protocol, port }, (...[error, socket]) => {
      if (error === null) callback(null, socket);
      else callback(new ProxyFailure(proxy, { cause: error }), null);
    });
  };

/** Asks the proxy for a tunnel to a host and port; nothing else is ever sent over this connection in the clear. */
function askForTunnel(proxy: Proxy, connect: Connector, options: Options): ClientRequest {
  const { host = '', port } = options;
  const authority = port === '' ? `${host}:443` : host;
  const credentials = proxy.authorization?.reveal();
  return requestOver({
    method: 'CONNECT',
    path: authority,
    headers: {
      host: authority,
      connection: 'keep-alive',
      ...(credentials === undefined ? {} : { 'proxy-authorization': credentials }),
    },
    createConnection: (_options, connected) => {
      reachProxy(proxy, connect)(options, (...[error, socket]) => {
        connected(error, socket as Socket);
      });
      return undefined;
    },
  }).end();
}

function openTunnel(request: ClientRequest, proxy: Proxy, opened: Callback): void {
  const silence = setTimeout(() => {
    request.destroy(Object.assign(new Error('The proxy said nothing.'), { code: 'ETIMEDOUT' }));
  }, tunnelTimeoutMs).unref();
  request.once('error', (error) => {
    clearTimeout(silence);
    opened(error instanceof ProxyFailure ? error : new ProxyFailure(proxy, { cause: error }), null);
  });
  request.once('connect', ({ statusCode: status = 0 }, socket, head) => {
    clearTimeout(silence);
    if (status >= 200 && status < 300) {
      if (head.length > 0) socket.unshift(head);
      opened(null, socket);
      return;
    }
    socket.destroy();
    opened(new ProxyFailure(proxy, { status }), null);
  });
}

/** TLS with the service through a tunnel that the proxy opens (CONNECT): the proxy sees its name and nothing else. */
export const tunnelThrough =
  (proxy: Proxy, connect: Connector): Connector =>
  (options, callback) => {
    openTunnel(askForTunnel(proxy, connect, options), proxy, (...[error, socket]) => {
      if (error === null) connect({ ...options, httpSocket: socket }, callback);
      else callback(error, null);
    });
  };
