import { TraeError } from '@trae-cli/protocol';
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

function refusalOf(address: string, isFull: boolean): Refusal | undefined {
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
 * The address that paths are appended to: no slash at its end, no `/chat/completions` that was pasted along; with
 * `addressPath` where it stops before the end of that. Anything that cannot be meant is refused here, before a request
 * could carry a key to it.
 */
export function cleanBaseUrl(
  address: string,
  { addressPath = '', ...owner }: Owner & Pick<CatalogEntry, 'addressPath'>,
): string {
  const { origin, pathname } = parsedAddress(address, owner, false);
  const path = pathname
    .replace(/\/+$/, '')
    .replace(/\/chat\/completions$/, '')
    .replace(/\/+$/, '');
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
