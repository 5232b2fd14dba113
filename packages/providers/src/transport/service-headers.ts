import type { Endpoint } from '../endpoint.js';

/** Many servers without keys want the header all the same, and do not look at what it says. */
const noKey = 'none';

export type NamedHeaders = Readonly<Record<string, string>>;

/** The header that carries the key; none where the vendor has one of its own and the key is elsewhere. */
function keyHeaderOf({ keyHeader, key }: Endpoint): NamedHeaders {
  const given = key?.reveal().trim() ?? '';
  if (keyHeader === undefined) return { authorization: `Bearer ${given === '' ? noKey : given}` };
  return given === '' ? {} : { [keyHeader]: given };
}

/** The person's headers replace those of the same name, in whatever case that is written. */
export function headersFor(endpoint: Endpoint): NamedHeaders {
  const own = Object.entries(endpoint.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const ours = { accept: 'application/json', 'user-agent': 'trae-cli', ...keyHeaderOf(endpoint) };
  return { ...ours, ...Object.fromEntries(own) };
}
