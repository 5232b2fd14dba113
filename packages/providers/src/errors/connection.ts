import type { ErrorKind } from '../error-kinds.js';
import { describeProxy, ProxyFailure } from '../transport/proxy.js';

type Coded = { readonly code?: unknown; readonly cause?: unknown; readonly errors?: unknown };

const deepest = 6;

/** Every `code` of an error, of what it was caused by, and of what it is an aggregate of. */
export function codesIn(thrown: unknown, depth = 0): readonly string[] {
  if (typeof thrown !== 'object' || thrown === null || depth > deepest) return [];
  const { cause, code, errors }: Coded = thrown;
  const inner: readonly unknown[] = Array.isArray(errors) ? [cause, ...(errors as readonly unknown[])] : [cause];
  return [...(typeof code === 'string' ? [code] : []), ...inner.flatMap((error) => codesIn(error, depth + 1))];
}

const kinds: readonly (readonly [ErrorKind, RegExp, string])[] = [
  ['refused', /^ECONNREFUSED$/, 'refused the connection'],
  ['network', /^EAI_AGAIN$/, 'cannot be looked up for the moment'],
  ['unknown_host', /^(?:ENOTFOUND|EAI_NODATA|EAI_NONAME)$/, 'is not a host that anybody knows'],
  ['bad_certificate', /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS/, 'has a certificate that is not trusted'],
  ['bad_certificate', /^ERR_SSL/, 'did not agree on how to speak TLS'],
  ['oversized', /^(?:UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW)$/, 'sent larger headers than anybody takes'],
  ['network', /TIMEOUT|^ETIMEDOUT$/, 'did not take the connection in time'],
];

/** What came was no TLS at all; an alert, which has other codes, is from somebody who speaks it. */
const withoutTls = /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST)$|^EPROTO$/;

/** Authorities that Node does not bring are what a company, its proxy or a server at home usually has. */
const trustHint =
  'Set ca_file in trae_config.json, or NODE_EXTRA_CA_CERTS, to the certificate of the authority that signed it, or correct the address.';
const foreignAuthority =
  /SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_(?:UNTRUSTED|SIGNATURE_FAILURE)|INVALID_CA|ISSUER/;

export type ConnectionProblem = {
  readonly kind: ErrorKind;
  /** What follows the name of the host. */
  readonly words: string;
  /** Whether the address says https:// and the server does not speak it. */
  readonly lacksTls: boolean;
  /** Where the advice of the kind does not fit. */
  readonly hint?: string;
};

function problemIn(codes: readonly string[]): ConnectionProblem {
  const refusal = codes.find((code) => withoutTls.test(code));
  if (refusal !== undefined)
    return { kind: 'wrong_address', words: `does not answer in TLS (${refusal})`, lacksTls: true };
  for (const [kind, pattern, words] of kinds) {
    const code = codes.find((candidate) => pattern.test(candidate));
    if (code === undefined) continue;
    const hint = kind === 'bad_certificate' && foreignAuthority.test(code) ? { hint: trustHint } : {};
    return { kind, words: `${words} (${code})`, lacksTls: false, ...hint };
  }
  const [code] = codes;
  return { kind: 'network', words: `closed the connection${code === undefined ? '' : ` (${code})`}`, lacksTls: false };
}

function proxyIn(thrown: unknown, depth = 0): ProxyFailure | undefined {
  if (thrown instanceof ProxyFailure) return thrown;
  return thrown instanceof Error && depth < deepest ? proxyIn(thrown.cause, depth + 1) : undefined;
}

type Refusal = Pick<ConnectionProblem, 'kind' | 'words' | 'hint'>;

/** What a proxy answers instead of opening the way. */
function refusalOf({ proxy: { authorization, url } }: ProxyFailure, status: number): Refusal {
  if (status === 407) {
    const words =
      authorization === undefined ? 'wants a user name and a password' : 'did not take the user name and the password';
    const example = `${url.protocol}//user:password@${url.host}`;
    return { kind: 'wrong_address', words: `${words} (407)`, hint: `Put them into its address: ${example}.` };
  }
  if (status >= 500) return { kind: 'network', words: `could not reach it either (${status})` };
  const hint =
    'Ask whoever runs the proxy to let it through, or name the host in NO_PROXY if it can be reached directly.';
  return { kind: 'wrong_address', words: `would not let the request through (${status})`, hint };
}

function proxyProblem(failure: ProxyFailure): ConnectionProblem {
  const { proxy, status } = failure;
  const {
    kind,
    words,
    lacksTls = false,
    hint,
  }: Refusal & { readonly lacksTls?: boolean } = status === undefined
    ? problemIn(codesIn(failure.cause))
    : refusalOf(failure, status);
  const { origin, url } = proxy;
  const place = origin === undefined ? 'the address of the proxy' : `the address of the proxy in ${origin}`;
  const plain = `Check ${place}: if it speaks plain HTTP, as most do, it begins with http://, for https:// services too.`;
  return {
    kind,
    words: `could not be reached: ${describeProxy(proxy)} ${words}`,
    lacksTls: false,
    hint: hint ?? (lacksTls && url.protocol === 'https:' ? plain : `Check ${place} and whether the proxy is running.`),
  };
}

/** What kept a connection from coming about, by the codes of the platform, or by what a proxy on the way said. */
export function connectionProblem(cause: unknown): ConnectionProblem {
  const failure = proxyIn(cause);
  return failure === undefined ? problemIn(codesIn(cause)) : proxyProblem(failure);
}
