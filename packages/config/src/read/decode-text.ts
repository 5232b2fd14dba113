import { isUtf8 } from 'node:buffer';

export type Decoded =
  | { readonly status: 'decoded'; readonly text: string }
  | { readonly status: 'undecodable'; readonly reason: string };

const undecodable = (reason: string): Decoded => ({ status: 'undecodable', reason: `${reason}; save it as UTF-8` });

const startsWith = (bytes: Uint8Array, ...first: readonly number[]): boolean =>
  first.every((byte, index) => bytes[index] === byte);

/** UTF-8, with or without a byte order mark, which is left out. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return undecodable('it is written in UTF-16');
  const zero = bytes.indexOf(0);
  if (zero !== -1) return undecodable(`line ${lineAt(bytes, zero)} holds a NUL character`);
  if (!isUtf8(bytes)) return undecodable(`line ${firstBadLine(bytes)} is not UTF-8`);
  return { status: 'decoded', text: new TextDecoder().decode(bytes) };
}

const newline = 0x0a;

function lineAt(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let index = bytes.indexOf(newline); index !== -1 && index < end; index = bytes.indexOf(newline, index + 1))
    line += 1;
  return line;
}

/** No character of several bytes holds a newline, so that each line is UTF-8 by itself, or is what is wrong. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    line += 1;
    start = end + 1;
  }
  return line;
}
