import { isIP } from 'node:net';
import type { NetworkSettings } from '../entry.js';
import { type Proxy, proxyAt } from './proxy.js';

export type RouteChoice =
  | { readonly type: 'proxy'; readonly proxy: Proxy }
  | { readonly type: 'direct'; readonly reason: 'loopback' | 'exempt' | 'no_proxy_set' };

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** The name of a host without what is written around it. */
const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

const isLoopback = (host: string): boolean =>
  /(?:^|\.)localhost$/.test(host) ||
  (isIP(host) === 4 && /^(?:127\.|0\.0\.0\.0$)/.test(host)) ||
  /^(?:::1?|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})$/.test(host);

/** `host`, `.host`, `*.host`, `host:port`, `[address]:port`. */
const exemption = /^(?:[a-z]+:\/\/)?(?<host>\[[^\]]+\]|[^:/]+|[\da-f:.]+)(?::(?<port>\d+))?\/?$/i;

function isExempt(url: URL, entry: string): boolean {
  if (entry === '*') return true;
  const { host = '', port } = exemption.exec(entry)?.groups ?? {};
  const named = bare(host.replace(/^\*?\./, ''));
  if (named === '' || (port !== undefined && port !== (url.port || defaultPorts[url.protocol]))) return false;
  const asked = bare(url.hostname);
  return asked === named || (isIP(asked) === 0 && asked.endsWith(`.${named}`));
}

/**
 * How a service is reached. `noProxy` is read as curl reads it: a name stands for itself and everything below it, with or
 * without a leading dot, a port only for itself; ranges of addresses (`10.0.0.0/8`) are not understood.
 */
export function chooseRoute(url: URL, network: NetworkSettings | undefined): RouteChoice {
  if (isLoopback(bare(url.hostname))) return { type: 'direct', reason: 'loopback' };
  const { httpProxy, httpsProxy, httpProxyOrigin, httpsProxyOrigin, noProxy = '' } = network ?? {};
  const address = url.protocol === 'https:' ? httpsProxy : httpProxy;
  if (address === undefined) return { type: 'direct', reason: 'no_proxy_set' };
  if (noProxy.split(/[\s,]+/).some((entry) => isExempt(url, entry))) return { type: 'direct', reason: 'exempt' };
  return { type: 'proxy', proxy: proxyAt(address, url.protocol === 'https:' ? httpsProxyOrigin : httpProxyOrigin) };
}
