import { TraeError } from '@trae-cli/protocol';
import type { NamedFile } from '../loaded-config.js';
import type { ConfigFile } from '../source.js';
import { decodeText } from './decode-text.js';
import {
  type FileFacts,
  type FileGuard,
  type FileReading,
  readRegularFile,
  type RefusalKind,
} from './read-regular-file.js';

export type TextRequest = {
  readonly file: ConfigFile;
  /** Who named the file, for the message. */
  readonly namedBy?: NamedFile['origin'];
  readonly guard?: FileGuard;
  /** What counts as no file at all. */
  readonly ignores?: readonly RefusalKind[];
  /** A file in which this does not occur counts as none, too. */
  readonly mention?: string;
};

export type FileText = { readonly text: string; readonly facts: FileFacts };

/** The text of a file; undefined where the guard declined it, or where it counts as none. */
export async function readText(request: TextRequest): Promise<FileText | undefined> {
  const reading = await readRegularFile(request.file.path, request.guard);
  switch (reading.status) {
    case 'read':
      return isMentioned(request, reading.bytes) ? textOf(request, reading) : undefined;
    case 'declined':
      return undefined;
    case 'refused':
      if (request.ignores?.includes(reading.kind) === true) return undefined;
      throw unreadable(request, reading.reason);
    default:
      return reading satisfies never;
  }
}

const isMentioned = ({ mention }: TextRequest, bytes: Buffer): boolean =>
  mention === undefined || bytes.includes(mention);

function textOf({ file }: TextRequest, { bytes, facts }: Extract<FileReading, { readonly status: 'read' }>): FileText {
  const decoded = decodeText(bytes);
  if (decoded.status === 'decoded') return { text: decoded.text, facts };
  throw new TraeError('config_invalid', `${file.path} cannot be read: ${decoded.reason}.`);
}

function unreadable({ file, namedBy }: TextRequest, reason: string): TraeError {
  if (file.scope !== 'named') {
    return new TraeError('config_invalid', `${file.path} cannot be read: ${reason}.`, {
      hint:
        file.scope === 'user' ? 'Mend it or remove it.' : 'Mend it, remove it, or name another one with --config-file.',
    });
  }
  const given = namedBy === undefined ? '' : `, given with ${namedBy},`;
  return new TraeError('usage', `The configuration file ${file.path}${given} cannot be read: ${reason}.`, {
    hint: 'Name a JSON or YAML file.',
  });
}
