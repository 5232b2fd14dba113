import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
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

  private constructor(options: WatcherOptions) {
    this.#options = options;
    [this.#process, this.#exited] = startProcess(options);
  }

  /** Resolves when the pipe `output` is in the directory. */
  static async start(options: WatcherOptions): Promise<Watcher> {
    const watcher = new Watcher(options);
    await Promise.race([once(watcher.#process.stdout, 'data'), watcher.#exited]);
    if (watcher.#process.exitCode !== null) throw new Error(`mkfifo failed in ${options.directory}`);
    watcher.#process.stdout.destroy();
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
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) this.#restart();
    this.#process.stdin.end();
    await this.#exited;
  }

  /** A command may have killed the watcher. */
  #restart(): void {
    [this.#process, this.#exited] = startProcess(this.#options);
    for (const group of this.#groups) this.add(group);
  }
}

function startProcess({ mark, directory, path }: WatcherOptions): [WatcherProcess, Promise<unknown>] {
  const process = spawn('/bin/sh', ['-c', script, 'trae-cli-watcher', mark, directory], {
    cwd: '/',
    detached: true,
    env: { PATH: path },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  process.stdin.on('error', () => undefined); // It was killed, and is started again when it is needed.
  return [process, once(process, 'exit')];
}
