import type { Dispatcher } from 'undici';
import Agent from 'undici/lib/dispatcher/agent.js';
import type { NetworkSettings } from '../entry.js';
import { type Connector, createConnector } from './connector.js';
import type { PlainHeaders } from './headers.js';
import type { Proxy } from './proxy.js';
import { chooseRoute } from './route.js';

/** Below the minute after which balancers drop idle connections without a word. */
const keepAliveMs = 30_000;

/** A way to one service, which its connections are kept for. */
export type Route = {
  readonly dispatcher: Dispatcher;
  /** Where requests are handed to a proxy as they are, so that their first line has to name the whole address. */
  readonly forwardedBy: Proxy | undefined;
  /** Sent beside those of the request. */
  readonly headers: PlainHeaders;
};

/** The platform's own limits of five minutes are too short for a local model that is still loading. */
const agentOver = (connect: Connector): Agent =>
  new Agent({ headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: keepAliveMs, connect });

async function connectorFor(network: NetworkSettings | undefined): Promise<Connector> {
  if (network?.authorities === undefined) return createConnector(undefined);
  const { contextTrusting } = await import('./trust.js');
  return createConnector(contextTrusting(network.authorities));
}

/**
 * https:// goes through a proxy in a tunnel (CONNECT), http:// is handed to it with the whole address, as curl does: many
 * proxies open tunnels to port 443 only.
 */
async function routeThrough(proxy: Proxy, isTls: boolean, connect: Connector): Promise<Route> {
  const { reachProxy, tunnelThrough } = await import('./tunnel.js');
  if (isTls) return { dispatcher: agentOver(tunnelThrough(proxy, connect)), forwardedBy: undefined, headers: {} };
  const credentials = proxy.authorization?.reveal();
  const headers: PlainHeaders = credentials === undefined ? {} : { 'proxy-authorization': credentials };
  return { dispatcher: agentOver(reachProxy(proxy, connect)), forwardedBy: proxy, headers };
}

/** The ways to services, each made when it is first gone. */
export class Routes {
  readonly #network: NetworkSettings | undefined;
  readonly #ways = new Map<string, Promise<Route>>();
  #connector: Promise<Connector> | undefined;

  constructor(network: NetworkSettings | undefined) {
    this.#network = network;
  }

  to(url: URL): Promise<Route> {
    const choice = chooseRoute(url, this.#network);
    const proxy = choice.type === 'proxy' ? choice.proxy : undefined;
    const name = proxy === undefined ? 'direct' : url.protocol;
    const way = this.#ways.get(name) ?? this.#make(proxy, url.protocol === 'https:');
    this.#ways.set(name, way);
    return way;
  }

  async #make(proxy: Proxy | undefined, isTls: boolean): Promise<Route> {
    this.#connector ??= connectorFor(this.#network);
    const connect = await this.#connector;
    if (proxy !== undefined) return routeThrough(proxy, isTls, connect);
    return { dispatcher: agentOver(connect), forwardedBy: undefined, headers: {} };
  }
}
