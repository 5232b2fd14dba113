import { isIP } from 'node:net';
import { TraeError } from '@trae-cli/protocol';
import { type ApiFormat, routes } from './api-format.js';
import type { CatalogEntry } from './entry.js';
import { maskKeys } from './errors/wording.js';

const privateAddress = /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.|^0\.0\.0\.0$/;
const privateAddress6 = /^\[(::1|::|f[cd][0-9a-f]{2}:.*|fe80:.*)\]$/;

/** Whether the service is on this machine or in this house, where answers begin late and windows are small. */
export function isPrivate(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return (
    privateAddress.test(hostname) ||
    privateAddress6.test(hostname) ||
    /(^|\.)localhost$|\.(local|lan|internal)$/.test(hostname) ||
    !/[.:]/.test(hostname)
  );
}

/** Whether the service runs on the machine that asks. */
export function isThisMachine(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return /(^|\.)localhost$|^127(?:\.\d{1,3}){3}$|^0\.0\.0\.0$|^\[::1?\]$/.test(hostname);
}

/** An address to listen at on all interfaces is reached on this machine. */
const reachable = (address: string): string =>
  address.replace(/^(https?:\/\/)0\.0\.0\.0(?=[:/]|$)/i, '$1127.0.0.1').replace(/^(https?:\/\/)\[::\]/i, '$1[::1]');

/**
 * An address as servers of one's own are given it: `box`, `box:1234`, `:1234`, `::1`, `0.0.0.0`. Without a scheme it is
 * http://, and then without a port it is the usual one; with a scheme the port is that of the scheme.
 */
function completed(address: string, apiFormat: ApiFormat): string {
  const route = routes[apiFormat];
  const usualPort = 'usualPort' in route ? route.usualPort : undefined;
  const text = address
    .trim()
    .replaceAll(/^["']+|["']+$/g, '')
    .trim();
  if (usualPort === undefined) return address;
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return reachable(text);
  const [, place = '', path = ''] = /^([^/?#]*)(.*)$/s.exec(text) ?? [];
  const host =
    place.startsWith(':') && isIP(place) !== 6 ? `127.0.0.1${place}` : isIP(place) === 6 ? `[${place}]` : place;
  return reachable(`http://${host}${/:\d+$/.test(host.replace(/^.*\]/, '')) ? '' : `:${usualPort}`}${path}`);
}

const withScheme = (address: string): string =>
  `${/^(localhost|127\.|\d+\.\d+\.\d+\.\d+|\[)/.test(address) ? 'http' : 'https'}://${address}`;

type Refusal = { readonly problem: string; readonly hint: string };

/** What may be a password or a key is not repeated: one pasted in the place of the address has neither scheme nor dot. */
const isShowable = (address: string): boolean =>
  !/[@?#]/.test(address) && /[.:]|localhost/.test(address) && maskKeys(address) === address;

const shown = (address: string): string => (isShowable(address) ? `, ${address},` : '');

function queryRefusal(search: string): Refusal | undefined {
  if (search === '') return undefined;
  const hint = 'End it with the path, such as https://host.example/v1, or set full_url to use it as it is.';
  return { problem: 'has a query (what stands after "?")', hint };
}

/** Characters. */
const longestAddress = 2000;

function refusalOf(address: string, isFull: boolean): Refusal | undefined {
  if (address.length > longestAddress)
    return {
      problem: `is ${address.length} characters long`,
      hint: 'Give an address such as https://host.example/v1.',
    };
  if (!/^https?:\/\//i.test(address)) {
    const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(address)?.[1];
    if (scheme !== undefined)
      return { problem: `begins with ${scheme}://`, hint: 'Use an http:// or https:// address.' };
    const example = isShowable(address) && !/\s/.test(address) ? withScheme(address) : 'https://host.example/v1';
    return { problem: 'does not begin with http:// or https://', hint: `Write it in full, such as ${example}.` };
  }
  if (!URL.canParse(address)) return { problem: 'is not an address', hint: 'Write it like https://host.example/v1.' };
  const { password, search, username } = new URL(address);
  if (username !== '' || password !== '')
    return { problem: 'has credentials in it', hint: 'Take them out, and give the key as the API key.' };
  return isFull ? undefined : queryRefusal(search);
}

/** Whose address it is, and where it is from, for messages. */
type Owner = Pick<CatalogEntry, 'id'> & { readonly origin?: string | undefined };

function parsedAddress(address: string, { id, origin }: Owner, isFull: boolean): URL {
  const trimmed = address.trim();
  const refusal = refusalOf(trimmed, isFull);
  if (refusal === undefined) return new URL(trimmed);
  const from = origin === undefined ? '' : ` from ${origin}`;
  throw new TraeError('config_invalid', `The base URL of ${id}${from}${shown(trimmed)} ${refusal.problem}.`, {
    hint: refusal.hint,
  });
}

/**
 * The address that paths are appended to: no slash at its end, no `/chat/completions` or its like that was pasted along; with
 * `addressPath` where it stops before the end of that. Anything that cannot be meant is refused here, before a request
 * could carry a key to it.
 */
export function cleanBaseUrl(
  address: string,
  { addressPath = '', apiFormat, ...owner }: Owner & Pick<CatalogEntry, 'addressPath' | 'apiFormat'>,
): string {
  const { origin, pathname } = parsedAddress(completed(address, apiFormat), owner, false);
  const path = pathname.replace(/\/+$/, '').replace(routes[apiFormat].pasted, '').replace(/\/+$/, '');
  return `${origin}${addressPath.startsWith(`${path}/`) ? addressPath : path}`;
}

/** An address that is used as it is, its query included. */
export function fullUrl(address: string, owner: Owner): string {
  const url = parsedAddress(address, owner, true);
  url.hash = '';
  return url.href;
}

/** An address as it may be shown: a query may hold a key. */
export const withoutQuery = (url: string): string => url.replace(/\?.*$/, '');

/** Whether requests to this address go to the vendor itself. */
export function isOwnAddress({ baseUrl, otherOrigins = [] }: CatalogEntry, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin } = new URL(address);
  return [...(baseUrl === undefined ? [] : [baseUrl]), ...otherOrigins].some((own) => new URL(own).origin === origin);
}
