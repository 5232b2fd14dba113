import { type Secret, TraeError } from '@trae-cli/protocol';
import { describeSource } from './describe-source.js';
import type { ConfigFile, Setting, Source } from './source.js';
import { trustAdvice } from './trust-advice.js';

/** Where a request would go, and what would go with it. */
export type AddressUse = {
  readonly provider: string;
  /** Absent: the vendor's own address is used. */
  readonly address?: Setting<string>;
  /** Origins of the vendor itself; empty for a provider that is nobody's. */
  readonly ownOrigins: readonly string[];
  readonly key?: Setting<Secret>;
  readonly headers: Readonly<Record<string, Setting<string>>>;
};

/** The file a value was read from, where that is one of a folder nobody trusts. */
function untrustedFileOf(source: Source): ConfigFile | undefined {
  const isOfFile = source.kind === 'file' || source.kind === 'dotenv';
  return isOfFile && !source.file.isTrusted ? source.file : undefined;
}

const isOwn = (url: URL, ownOrigins: readonly string[]): boolean =>
  url.username === '' &&
  url.password === '' &&
  ownOrigins.some((own) => URL.canParse(own) && new URL(own).origin === url.origin);

/** What a default holds was never anybody's secret, and what the project's own files hold is theirs to send. */
const isPersonal = ({ source }: Setting<unknown>): boolean =>
  source.kind !== 'default' && untrustedFileOf(source) === undefined;

/** What would be sent along that is the person's, by where it comes from. */
function personalThings({ key, headers }: AddressUse): readonly string[] {
  return [
    ...(key !== undefined && isPersonal(key) ? [`the key from ${describeSource(key.source)}`] : []),
    ...Object.entries(headers)
      .filter(([, header]) => isPersonal(header))
      .map(([name, { source }]) => `the header "${name}" from ${describeSource(source)}`),
  ];
}

/**
 * Throws `untrusted` where a file of a folder that is not trusted sends a vendor's requests elsewhere, or sends elsewhere
 * what is not its own. An address that cannot be parsed is left to whoever would use it.
 */
export function checkAddress(use: AddressUse): void {
  const { address, ownOrigins, provider } = use;
  const file = address === undefined ? undefined : untrustedFileOf(address.source);
  if (address === undefined || file === undefined || !URL.canParse(address.value)) return;
  const url = new URL(address.value);
  if (isOwn(url, ownOrigins)) return;
  const things = personalThings(use);
  const isRedirected = ownOrigins.length > 0;
  if (!isRedirected && things.length === 0) return;
  const place = describeSource(address.source);
  const listed = things.join(' and ');
  const along = things.length === 0 ? '' : `, along with ${listed},`;
  const what = isRedirected ? `the requests for ${provider}${along}` : listed;
  const where = `${url.host === '' ? 'another address' : url.host}${isRedirected ? `, which is not an address of ${provider}` : ''}`;
  throw new TraeError('untrusted', `${place} would send ${what} to ${where}, and its folder is not trusted.`, {
    hint: trustAdvice(file, address.source.kind === 'dotenv'),
  });
}
