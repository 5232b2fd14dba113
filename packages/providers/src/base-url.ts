import { TraeError } from '@trae-cli/protocol';
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

function refusalOf(address: string): Refusal | undefined {
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
  if (search !== '')
    return {
      problem: 'has a query (what stands after "?")',
      hint: 'End it with the path, such as https://host.example/v1.',
    };
  return undefined;
}

/**
 * The address that paths are appended to: no slash at its end, no `/chat/completions` that was pasted along. Anything
 * that cannot be meant is refused here, before a request could carry a key to it.
 */
export function cleanBaseUrl(address: string, provider: string): string {
  const trimmed = address.trim();
  const refusal = refusalOf(trimmed);
  if (refusal !== undefined)
    throw new TraeError('config_invalid', `The base URL of ${provider}${shown(trimmed)} ${refusal.problem}.`, {
      hint: refusal.hint,
    });
  const { origin, pathname } = new URL(trimmed);
  return `${origin}${pathname
    .replace(/\/+$/, '')
    .replace(/\/chat\/completions$/, '')
    .replace(/\/+$/, '')}`;
}
