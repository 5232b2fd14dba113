import { parseJson } from '@trae-cli/protocol';
import { z } from 'zod';
import type { Credentials } from './credentials.js';

const entrySchema = z.discriminatedUnion('place', [
  z.object({ place: z.literal('file'), key: z.string().min(1), at: z.string() }),
  z.object({ place: z.literal('keychain'), at: z.string() }),
]);

const credentialsSchema = z.object({ version: z.literal(1), providers: z.record(z.string(), entrySchema) });
const versionSchema = z.looseObject({ version: z.number() });

export type ParsedCredentials =
  | { readonly status: 'parsed'; readonly credentials: Credentials }
  /** Why not, to follow the path in a sentence. Nothing of the file is in it. */
  | { readonly status: 'refused'; readonly reason: string };

export function parseCredentials(text: string): ParsedCredentials {
  const json = parseJson(text);
  const parsed = credentialsSchema.safeParse(json);
  if (parsed.success) return { status: 'parsed', credentials: new Map(Object.entries(parsed.data.providers)) };
  const { data } = versionSchema.safeParse(json);
  const reason =
    data !== undefined && data.version > 1
      ? 'was written by a newer trae-cli'
      : 'is not as `trae-cli login` writes it; a part of it may be lost';
  return { status: 'refused', reason };
}
