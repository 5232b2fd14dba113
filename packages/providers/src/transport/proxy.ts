import { Secret } from '@trae-cli/protocol';

/** A proxy, its credentials apart from everything that may be shown. */
export type Proxy = {
  /** Without credentials. */
  readonly url: URL;
  /** The value of `Proxy-Authorization`. */
  readonly authorization: Secret | undefined;
  /** Where its address is from: `HTTPS_PROXY`, `trae_config.json:5`. */
  readonly origin: string | undefined;
};

/** What a person wrote in the place of a password need not be encoded properly. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const basic = (credentials: string, origin = 'the address of the proxy'): Secret =>
  new Secret(`Basic ${Buffer.from(credentials).toString('base64')}`, origin);

export function proxyAt(address: string, origin: string | undefined): Proxy {
  const url = new URL(address);
  const { username, password } = url;
  const credentials = `${decoded(username)}:${decoded(password)}`;
  return {
    url: new URL(url.origin),
    authorization: credentials === ':' ? undefined : basic(credentials, origin),
    origin,
  };
}

/** As it may be shown: `the proxy http://proxy.example:3128 (HTTPS_PROXY)`. */
export const describeProxy = ({ url, origin }: Proxy): string =>
  `the proxy ${url.origin}${origin === undefined ? '' : ` (${origin})`}`;

/** What went wrong between us and a proxy, or what it said instead of letting the request through. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  readonly proxy: Proxy;
  /** The answer of the proxy; undefined where there was none. */
  readonly status: number | undefined;

  constructor(proxy: Proxy, { status, cause }: { readonly status?: number; readonly cause?: unknown }) {
    super('The proxy failed.', { cause });
    this.proxy = proxy;
    this.status = status;
  }
}
