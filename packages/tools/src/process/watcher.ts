import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/**
 * Waits for the end of its input, which comes when we close it and also when we are killed; then ends the process
 * groups it was told of and whatever bears the mark, removes the directory and leaves. Its own environment is empty:
 * neither this mark nor that of a run around this one finds it.
 *
 * Arguments: the mark, the directory. It makes the pipe for the output there, and says so.
 */
const script = `
mark=$1 directory=$2 groups=
[ -p "$directory/output" ] || mkfifo -m 600 "$directory/output" || exit 1
echo ready
while read -r order group; do
  case $order in
    add) groups="$groups $group" ;;
    drop) kept=; for each in $groups; do [ "$each" = "$group" ] || kept="$kept $each"; done; groups=$kept ;;
  esac
done
find_processes() {
  grep -lsF "TRAE_CLI_RUN=$mark." /proc/[0-9]*/environ
  for group in $groups; do grep -lsE "^[0-9]+ \\(.*\\) [^ZX] [0-9]+ $group " /proc/[0-9]*/stat; done
}
signal_all() {
  found=1
  if [ -e /proc/self/stat ]; then
    for file in $(find_processes); do
      pid=\${file#/proc/}
      kill -s "$1" "\${pid%%/*}" && found=0
    done
  else
    for group in $groups; do kill -s "$1" -- "-$group" && found=0; done
  fi
  return $found
}
for name in TERM 0 0 0 0 0 0 0 0 0 KILL KILL KILL KILL KILL KILL; do
  signal_all $name 2>/dev/null || break
  sleep 0.05
done
rm -rf "$directory"
`;

type WatcherProcess = ChildProcessByStdio<Writable, Readable, null>;

export type WatcherOptions = { readonly mark: string; readonly directory: string; readonly path: string };

/** A small process that cleans up after the run, however the run ends. */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #groups = new Set<number>();
  #process: WatcherProcess;
  #exited: Promise<unknown>;

  private constructor(options: WatcherOptions, process: WatcherProcess) {
    this.#options = options;
    this.#process = process;
    this.#exited = once(process, 'exit');
  }

  /** Resolves when the pipe `output` is in the directory. */
  static async start(options: WatcherOptions): Promise<Watcher> {
    const watcher = new Watcher(options, await startProcess(options));
    const { stdout } = watcher.#process;
    await Promise.race([once(stdout, 'data'), watcher.#exited]);
    if (watcher.#isGone) throw new Error(`no pipe could be made in ${options.directory}; is there a mkfifo?`);
    stdout.destroy();
    return watcher;
  }

  /** Has a process group ended with the run. */
  add(group: number): void {
    this.#groups.add(group);
    this.#process.stdin.write(`add ${group}\n`);
  }

  /** For a group that is empty: its number may be given to somebody else. */
  drop(group: number): void {
    this.#groups.delete(group);
    this.#process.stdin.write(`drop ${group}\n`);
  }

  /** Ends everything and resolves when it is gone. */
  async close(): Promise<void> {
    if (this.#isGone) await this.#restart();
    this.#process.stdin.end();
    await this.#exited;
  }

  get #isGone(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** A command may have killed the watcher. */
  async #restart(): Promise<void> {
    this.#process = await startProcess(this.#options);
    this.#exited = once(this.#process, 'exit');
    for (const group of this.#groups) this.add(group);
  }
}

/** The script goes by file, so that a list of processes shows one short line for it. */
async function startProcess({ mark, directory, path }: WatcherOptions): Promise<WatcherProcess> {
  const file = join(directory, 'trae-cli-watcher');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(file, script);
  const process = spawn('/bin/sh', [file, mark, directory], {
    cwd: '/',
    detached: true,
    env: { PATH: path },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  process.stdin.on('error', () => undefined); // It was killed, and is started again when it is needed.
  return process;
}
