import { isOwnAddress } from '../base-url.js';
import { anthropic as vendor, bearerKeyVariables } from '../catalog/anthropic.js';
import type { Endpoint } from '../endpoint.js';

const own = 'x-api-key';
const bearer = 'authorization';

/** The two headers that a key can be in. */
export const keyHeaders: readonly string[] = [own, bearer];

/** Headers to send; null takes one away that is sent otherwise. */
export type KeyHeaders = Readonly<Record<string, string | null>>;

const keyOf = ({ key }: Endpoint): string => key?.reveal().trim() ?? '';

const inHeader = (endpoint: Endpoint, header: string): KeyHeaders => ({
  [own]: null,
  [bearer]: null,
  [header]: header === bearer ? `Bearer ${keyOf(endpoint)}` : keyOf(endpoint),
});

const headerOf = ({ key, keyHeader = bearer }: Endpoint): string =>
  key !== undefined && bearerKeyVariables.includes(key.origin) ? bearer : keyHeader;

const isPinned = ({ headers, isKeyHeaderChosen }: Endpoint): boolean =>
  isKeyHeaderChosen || Object.keys(headers).some((name) => keyHeaders.includes(name.toLowerCase()));

/** The key as it is sent: as the vendor has it, unless the person says otherwise. Nothing where there is none. */
export const keyHeadersFor = (endpoint: Endpoint): KeyHeaders =>
  keyOf(endpoint) === '' ? { [own]: null, [bearer]: null } : inHeader(endpoint, headerOf(endpoint));

/** The key in the other of the two headers; undefined where that is not to be tried: the vendor itself knows both. */
export function otherKeyHeadersFor(endpoint: Endpoint): KeyHeaders | undefined {
  const header = headerOf(endpoint);
  if (keyOf(endpoint) === '' || isPinned(endpoint) || !keyHeaders.includes(header)) return undefined;
  if (isOwnAddress(vendor, endpoint.baseUrl)) return undefined;
  return inHeader(endpoint, header === own ? bearer : own);
}
