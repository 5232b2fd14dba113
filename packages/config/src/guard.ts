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
  /** Origins of every vendor there is: an account of one's own may be anywhere among them. */
  readonly vendorOrigins: readonly string[];
  readonly key?: Setting<Secret>;
  readonly headers: Readonly<Record<string, Setting<string>>>;
};

/** The file a value was read from, where that is one of a folder nobody trusts. */
function untrustedFileOf(source: Source): ConfigFile | undefined {
  const isOfFile = source.kind === 'file' || source.kind === 'dotenv';
  return isOfFile && !source.file.isTrusted ? source.file : undefined;
}

/** Whether a value was read from a file of a folder that nobody trusts. */
export const isUntrusted = (source: Source): boolean => untrustedFileOf(source) !== undefined;

const isAmong = (url: URL, origins: readonly string[]): boolean =>
  url.username === '' &&
  url.password === '' &&
  origins.some((own) => URL.canParse(own) && new URL(own).origin === url.origin);

/** Nobody who wrote a repository answers there. */
const isOnThisMachine = ({ hostname }: URL): boolean =>
  /^127(?:\.\d+){3}$|^0\.0\.0\.0$|^\[::1\]$|(?:^|\.)localhost$/.test(hostname);

/** What a default holds was never anybody's secret, and what the project's own files hold is theirs to send. */
const isPersonal = ({ source }: Setting<unknown>): boolean => source.kind !== 'default' && !isUntrusted(source);

/** What would be sent along that is the person's, by where it comes from. */
function personalThings({ key, headers }: AddressUse): readonly string[] {
  return [
    ...(key !== undefined && isPersonal(key) ? [`the key from ${describeSource(key.source)}`] : []),
    ...Object.entries(headers)
      .filter(([, header]) => isPersonal(header))
      .map(([name, { source }]) => `the header "${name}" from ${describeSource(source)}`),
  ];
}

/** What an address that is not the vendor's would get: the half of the sentence after "would send". */
function consequence(use: AddressUse, { host }: URL, things: readonly string[]): string {
  const where = host === '' ? 'another address' : host;
  const listed = things.join(' and ');
  if (use.ownOrigins.length > 0) {
    const along = things.length === 0 ? '' : `, along with ${listed},`;
    return `the requests for ${use.provider}${along} to ${where}, which is not an address of ${use.provider}`;
  }
  return things.length === 0 ? `your task to ${where}, whose answers run commands here` : `${listed} to ${where}`;
}

/**
 * Throws `untrusted` where a file of a folder that is not trusted sends a vendor's requests elsewhere, sends elsewhere what
 * is not its own, or has a stranger answer: the commands that an answer asks for are run, and could read any key. An
 * address that cannot be parsed is left to whoever would use it.
 */
export function checkAddress(use: AddressUse): void {
  const { address, ownOrigins, vendorOrigins } = use;
  const file = address === undefined ? undefined : untrustedFileOf(address.source);
  // Whoever uses it takes the white space around it away, of which a URL knows less.
  const text = address?.value.trim() ?? '';
  if (address === undefined || file === undefined || !URL.canParse(text)) return;
  const url = new URL(text);
  if (isAmong(url, ownOrigins)) return;
  const things = personalThings(use);
  const isHarmless = isOnThisMachine(url) || isAmong(url, vendorOrigins);
  if (ownOrigins.length === 0 && things.length === 0 && isHarmless) return;
  const sent = consequence(use, url, things);
  throw new TraeError(
    'untrusted',
    `${describeSource(address.source)} would send ${sent}, and its folder is not trusted.`,
    { hint: trustAdvice(file, address.source.kind === 'dotenv') },
  );
}
