import { runProcess } from '@trae-cli/testkit';
import { processHost, type Host } from '../../src/host/host.js';
import type { TextSink } from '../../src/host/text-sink.js';
import { main } from '../../src/main.js';
import { program } from '../cli.js';
import type { Perform, Stage } from './play.js';

const environmentOf = ({ home }: Stage): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: home.root,
  // Whatever the keychain of this machine has is nothing to us.
  DBUS_SESSION_BUS_ADDRESS: '',
});

const sinkTo = (write: (text: string) => void): TextSink => ({
  isTerminal: false,
  columns: undefined,
  write,
  showStatus: () => undefined,
  failure: () => Promise.resolve(undefined),
});

const timesAsFast = 10;

const host = processHost();

function hostOn(stage: Stage, stdout: string[], stderr: string[]): Host {
  return {
    ...host,
    environment: environmentOf(stage),
    homeDirectory: stage.home.root,
    stdout: sinkTo((text) => stdout.push(text)),
    stderr: sinkTo((text) => stderr.push(text)),
    // Waits between attempts are a tenth as long, and so are the limits of commands.
    clock: {
      now: () => host.clock.now() * timesAsFast,
      sleep: (milliseconds, signal) => host.clock.sleep(milliseconds / timesAsFast, signal),
    },
    resolvePath: (path) => stage.workspace.path(path),
    onStopSignal: () => () => undefined,
  };
}

/** Everything from the arguments to the exit status, in this process and in less time. */
export const performHere: Perform = async (stage) => {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const exitCode = await main(stage.args, hostOn(stage, stdout, stderr));
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
};

/** The program as users start it, killed when it has not ended by then. */
export const performWithin =
  (limitMs: number): Perform =>
  async (stage) =>
    runProcess(process.execPath, [program, ...stage.args], {
      cwd: stage.workspace.root,
      env: environmentOf(stage),
      signal: AbortSignal.timeout(limitMs),
    });
