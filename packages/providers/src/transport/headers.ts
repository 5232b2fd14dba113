import type { IncomingHttpHeaders } from 'node:http';

export type PlainHeaders = Readonly<Record<string, string>>;

/** Only the named headers, whoever added the others. Names are in lower case. */
export function onlyHeaders(init: RequestInit['headers'], names: readonly string[]): PlainHeaders {
  const headers = init instanceof Headers ? init : new Headers(init);
  const record: Record<string, string> = {};
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) record[name] = value;
  }
  return record;
}

/** The headers of an answer, those that came several times joined into one. */
export function plainHeaders(headers: IncomingHttpHeaders): PlainHeaders {
  const record: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) record[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return record;
}
