import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createRedactor, type Secret } from '@trae-cli/protocol';
import type { CheckName } from './checks.js';

/** Bytes as they came, in words where they are words. */
export type TapedBytes = { readonly text: string } | { readonly base64: string };

export type TapedChunk = TapedBytes & {
  /** Milliseconds since the request was sent. */
  readonly atMs: number;
};

export type TapedExchange = {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly chunks: readonly TapedChunk[];
    readonly end: 'end' | 'reset';
  };
};

/** What was said to a service and what it said, in one check. */
export type Tape = {
  readonly version: 1;
  readonly provider: string;
  readonly model: string;
  /** Of the base URL; empty where it has none. */
  readonly basePath: string;
  readonly check: CheckName;
  /** The day. */
  readonly recordedOn: string;
  readonly exchanges: readonly TapedExchange[];
};

export const bytesOf = (taped: TapedBytes): Buffer =>
  'text' in taped ? Buffer.from(taped.text) : Buffer.from(taped.base64, 'base64');

export function taped(bytes: Buffer): TapedBytes {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? { text } : { base64: bytes.toString('base64') };
}

/** Whose account it is, as vendors write it. */
const identities = /\b(org|proj|user|acct|team)([-_])[A-Za-z0-9]{8,}/g;

/**
 * The tape as it may be kept: without the key in any of its forms, and without the ids of accounts. Throws where the key
 * is still in it, such as one that lies across two pieces.
 */
export function keepable(tape: Tape, key: Secret | undefined): string {
  const redactor = createRedactor(key === undefined ? [] : [key]);
  const clean = (text: string): string => redactor.redact(text).replaceAll(identities, '$1$2redacted');
  const written = JSON.stringify(
    tape,
    (_name, value: unknown) => (typeof value === 'string' ? clean(value) : value),
    2,
  );
  const { exchanges } = tapeIn(written, 'The tape');
  const everything = exchanges
    .map(({ response }) => Buffer.concat(response.chunks.map(bytesOf)).toString('utf8'))
    .join('');
  if (redactor.redact(everything) !== everything) throw new Error('The tape has the key in it, and is not kept.');
  return `${written}\n`;
}

export function tapeIn(text: string, name: string): Tape {
  const tape = JSON.parse(text) as Tape;
  if (tape.version !== 1) throw new Error(`${name} is one of another version.`);
  return tape;
}

const shelf = new URL('fixtures/', import.meta.url);

const fileOf = ({ provider, check }: Pick<Tape, 'provider' | 'check'>): URL =>
  new URL(`${provider}.${check}.json`, shelf);

/** Bytes; a list of a thousand models proves no more than one of ten, and nobody reads it. */
const longest = 512 * 1024;

/** Where it was kept; undefined where it is too long to be. */
export async function keep(tape: Tape, key: Secret | undefined): Promise<string | undefined> {
  const text = keepable(tape, key);
  if (text.length > longest) return undefined;
  await writeFile(fileOf(tape), text);
  return fileURLToPath(fileOf(tape));
}

/** Every tape there is. */
export async function tapes(): Promise<readonly Tape[]> {
  const names = (await readdir(shelf)).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map(async (name) => tapeIn(await readFile(new URL(name, shelf), 'utf8'), name)));
}
