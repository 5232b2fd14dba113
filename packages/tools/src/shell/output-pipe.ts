import { constants, openSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { RecordedOutput, Recorder } from '../output/recorder.js';
import { closingFrame, type EndFrame, FrameScanner } from './frame.js';

type Listening = {
  readonly marker: string;
  readonly scanner: FrameScanner;
  readonly recorder: Recorder;
  readonly ended: (frame: EndFrame) => void;
};

/**
 * The one pipe that everything the shell starts writes to, as a real FIFO: a program may open `/dev/stderr` again. It
 * outlives any single shell, so nothing that a background process says is lost.
 */
export class OutputPipe {
  readonly #writer: FileHandle;
  readonly #socket: Socket;
  readonly #newLateRecorder: () => Recorder;
  #listening: Listening | undefined;
  #late: Recorder | undefined;
  /** A frame of ours is on its way. */
  #isClosing = false;
  /** The shell's own frame came first; ours has yet to be taken out of what follows. */
  #surplus: FrameScanner | undefined;

  private constructor(writer: FileHandle, socket: Socket, newLateRecorder: () => Recorder) {
    this.#writer = writer;
    this.#socket = socket;
    this.#newLateRecorder = newLateRecorder;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  static async open(path: string, newLateRecorder: () => Recorder): Promise<OutputPipe> {
    // A number and no handle: the socket will own it, and close it.
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const socket = new Socket({ fd: reader, readable: true, writable: false });
    return new OutputPipe(await open(path, constants.O_WRONLY), socket, newLateRecorder);
  }

  /** For the standard output and error of a new shell. */
  get descriptor(): number {
    return this.#writer.fd;
  }

  /** Gives the output to a recorder until the frame with this marker comes. */
  listen(marker: string, recorder: Recorder): Promise<EndFrame> {
    return new Promise((resolve) => {
      this.#listening = { marker, scanner: new FrameScanner(marker), recorder, ended: resolve };
    });
  }

  /** Ends a command whose shell is gone, after everything that the shell has printed. */
  async close(marker: string, status: number): Promise<void> {
    if (this.#listening?.marker !== marker) return;
    this.#isClosing = true;
    // The pipe may be taken down while this waits for room in it; then nobody waits for the frame either.
    await this.#writer.write(closingFrame(marker, status)).catch(() => undefined);
  }

  /** What came while no command was running. */
  async takeLate(): Promise<RecordedOutput> {
    const late = this.#late;
    this.#late = undefined;
    return late === undefined ? { text: '' } : late.finish();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await this.#writer.close();
  }

  #receive(chunk: Buffer): void {
    const listening = this.#listening;
    if (listening === undefined) return this.#receiveLate(chunk);
    const { output, end } = listening.scanner.push(chunk);
    if (output.length > 0) this.#waitFor(listening.recorder.push(output));
    if (end === undefined) return undefined;
    this.#listening = undefined;
    if (this.#isClosing && !end.frame.isClosing) this.#surplus = new FrameScanner(listening.marker);
    this.#isClosing = false;
    listening.ended(end.frame);
    return this.#receiveLate(end.rest);
  }

  #receiveLate(chunk: Buffer): void {
    const scanned = this.#surplus?.push(chunk) ?? { output: chunk };
    if (scanned.end !== undefined) this.#surplus = undefined;
    for (const bytes of [scanned.output, scanned.end?.rest]) {
      if (bytes === undefined || bytes.length === 0) continue;
      this.#late ??= this.#newLateRecorder();
      this.#waitFor(this.#late.push(bytes));
    }
  }

  /** Slows the writers down to the speed of the disk. */
  #waitFor(written: Promise<void> | undefined): void {
    if (written === undefined) return;
    this.#socket.pause();
    void written.then(() => this.#socket.resume());
  }
}
