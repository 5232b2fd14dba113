import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { clockMs } from './clock.mjs';

const sampleEveryMs = 20;

export const canReadPeak = process.platform === 'linux';

/** The most memory the process itself has ever held, as Linux keeps it; undefined when it has gone. */
function peakBytesOf(pid) {
  try {
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return peak === null ? undefined : Number(peak[1]) * 1024;
  } catch {
    return undefined;
  }
}

/** The peak only ever grows, so that the last reading before the end is the peak of the whole run. */
function watchPeak(pid) {
  let peakBytes;
  const timer = setInterval(() => (peakBytes = peakBytesOf(pid) ?? peakBytes), sampleEveryMs);
  return () => {
    clearInterval(timer);
    return peakBytes;
  };
}

function requireSuccess({ args, status, stderr }) {
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr}`);
}

/** Runs a Node program to its end. `peakBytes` is read only where `withMemory` asks, because reading takes time. */
export async function runProgram(args, { cwd, env, withMemory = false }) {
  const startedAtMs = clockMs();
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const endWatch = withMemory ? watchPeak(child.pid) : () => undefined;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const [status] = await once(child, 'close');
  const peakBytes = endWatch();
  requireSuccess({ args, status, stderr });
  return { startedAtMs, peakBytes };
}

/** The wall time of a Node program from start to end, with nothing else going on here. */
export function timeProgram(args, { cwd, env }) {
  const startedAtMs = clockMs();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const durationMs = clockMs() - startedAtMs;
  requireSuccess({ args, status, stderr });
  return durationMs;
}
