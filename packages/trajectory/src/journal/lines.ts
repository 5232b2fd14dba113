import { createReadStream } from 'node:fs';
import { TraeError } from '@trae-cli/protocol';

/** A line of a file, from 1. `isWhole` is false for what follows the last line feed. */
export type FileLine = { readonly number: number; readonly text: string; readonly isWhole: boolean };

const lineFeed = 0x0a;
/** A few times what the longest answer of a model makes; a file of zeros has no end of line at all. */
const longestMebibytes = 256;

const tooLong = (path: string, line: number): TraeError =>
  new TraeError(
    'usage',
    `${path}, line ${line}: the line is longer than ${longestMebibytes} MiB, as none of a record is.`,
    {
      hint: 'Name the .jsonl journal of a run; its path is printed when the run starts.',
    },
  );

/**
 * The lines of a UTF-8 file, one in memory at a time. Only a line feed ends a line: JSON leaves U+2028
 * and U+2029 as they are, and general line readers break on them.
 */
export async function* readFileLines(path: string): AsyncGenerator<FileLine, void> {
  const chunks: AsyncIterable<Buffer> = createReadStream(path);
  let pieces: Buffer[] = [];
  let number = 0;
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      pieces.push(chunk.subarray(start, end));
      number += 1;
      yield { number, text: Buffer.concat(pieces).toString('utf8'), isWhole: true };
      pieces = [];
      length = 0;
      start = end + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > longestMebibytes * 1024 * 1024) throw tooLong(path, number + 1);
  }
  if (pieces.length > 0) yield { number: number + 1, text: Buffer.concat(pieces).toString('utf8'), isWhole: false };
}
