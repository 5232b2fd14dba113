import type { ErrorKind } from '../error-kinds.js';

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
  ['unknown_host', /^(?:ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/, 'is not a host that anybody knows'],
  ['bad_certificate', /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS/, 'has a certificate that is not trusted'],
  ['bad_certificate', /^ERR_SSL/, 'did not agree on how to speak TLS'],
  ['oversized', /^UND_ERR_HEADERS_OVERFLOW$/, 'sent larger headers than anybody takes'],
  ['network', /TIMEOUT|^ETIMEDOUT$/, 'did not take the connection in time'],
];

/** What came was no TLS at all; an alert, which has other codes, is from somebody who speaks it. */
const withoutTls = /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST)$|^EPROTO$/;

export type ConnectionProblem = {
  readonly kind: ErrorKind;
  readonly words: string;
  /** Whether the address says https:// and the server does not speak it. */
  readonly lacksTls: boolean;
};

/** What kept a connection from coming about, by the codes of the platform. */
export function connectionProblem(cause: unknown): ConnectionProblem {
  const codes = codesIn(cause);
  const refusal = codes.find((code) => withoutTls.test(code));
  if (refusal !== undefined)
    return { kind: 'wrong_address', words: `does not answer in TLS (${refusal})`, lacksTls: true };
  for (const [kind, pattern, words] of kinds) {
    const code = codes.find((candidate) => pattern.test(candidate));
    if (code !== undefined) return { kind, words: `${words} (${code})`, lacksTls: false };
  }
  return {
    kind: 'network',
    words: `closed the connection${codes[0] === undefined ? '' : ` (${codes[0]})`}`,
    lacksTls: false,
  };
}
