import { isUtf8 } from 'node:buffer';
import type { Files } from '../workspace.js';

/** A larger file is for the shell's tools. */
export const largestEditableBytes = 10 * 1024 ** 2;

const byteOrderMark = '\ufeff';
const binarySample = 8192;

/** A text with all that is needed to write it back as it was. */
export type TextFile = {
  /** Without a byte order mark; line ends as they are. */
  readonly text: string;
  readonly encoding: 'utf8' | 'latin1';
  readonly hasByteOrderMark: boolean;
};

export const isBinary = (bytes: Uint8Array): boolean => bytes.subarray(0, binarySample).includes(0);

/** Text that is no UTF-8 is read byte by character, so that writing it back changes nothing else. */
export function decodeFile(bytes: Buffer): TextFile {
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const text = bytes.toString(encoding);
  const hasByteOrderMark = text.startsWith(byteOrderMark);
  return { text: hasByteOrderMark ? text.slice(1) : text, encoding, hasByteOrderMark };
}

/** Undefined when the text has characters that the file's encoding lacks. */
export function encodeFile({ text, encoding, hasByteOrderMark }: TextFile): Buffer | undefined {
  const bytes = Buffer.from(hasByteOrderMark ? byteOrderMark + text : text, encoding);
  return encoding === 'latin1' && bytes.toString('latin1') !== text ? undefined : bytes;
}

export async function readWhole(files: Files, realPath: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.read(realPath)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
