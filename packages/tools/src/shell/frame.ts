import { randomBytes } from 'node:crypto';

const recordSeparator = 0x1e;

/** What the shell says when a command has ended. */
export type EndFrame = {
  readonly status: number;
  /** A background process was started at some time. */
  readonly hasJobs: boolean;
  readonly directory: string;
  /** It is ours, not the shell's. */
  readonly isClosing: boolean;
};

export type Scanned = {
  readonly output: Buffer;
  /** The frame and what came after it, once it is there. */
  readonly end?: { readonly frame: EndFrame; readonly rest: Buffer };
};

export const newMarker = (): string => randomBytes(16).toString('base64url');

/** The frame for a shell that can no longer print its own: without a directory. */
export const closingFrame = (marker: string, status: number): string => `\x1e${marker}\x1f${status}\x1f\x1f\0`;

function parseFrame(fields: string): EndFrame {
  const [, status = '', job = '', ...directory] = fields.split('\x1f');
  const path = directory.join('\x1f');
  return { status: Number(status), hasJobs: job !== '', directory: path, isClosing: path === '' };
}

/** Finds the end of one command in the bytes of the shared pipe, however they are cut. */
export class FrameScanner {
  readonly #start: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(marker: string) {
    this.#start = Buffer.from(`\x1e${marker}\x1f`);
  }

  push(chunk: Buffer): Scanned {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const start = bytes.indexOf(this.#start);
    const frameEnd = start === -1 ? -1 : bytes.indexOf(0, start);
    if (frameEnd === -1) return this.#hold(bytes, start === -1 ? this.#possibleStart(bytes) : start);
    return {
      output: bytes.subarray(0, start),
      end: {
        frame: parseFrame(bytes.toString('utf8', start, frameEnd)),
        rest: bytes.subarray(frameEnd + 1),
      },
    };
  }

  #hold(bytes: Buffer, from: number): Scanned {
    this.#held = Buffer.from(bytes.subarray(from));
    return { output: bytes.subarray(0, from) };
  }

  /** Where the last bytes could be the beginning of the marker; the length where they cannot. */
  #possibleStart(bytes: Buffer): number {
    const at = bytes.lastIndexOf(recordSeparator);
    if (at === -1 || bytes.length - at >= this.#start.length) return bytes.length;
    const tail = bytes.subarray(at);
    return tail.equals(this.#start.subarray(0, tail.length)) ? at : bytes.length;
  }
}
