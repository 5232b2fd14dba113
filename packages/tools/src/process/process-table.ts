import { groupBy } from '@trae-cli/protocol';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

export type ProcessEntry = { readonly pid: number; readonly parent: number };

/** The processes that live, zombies left out: from `/proc` where there is one, else from `ps`. */
export async function listProcesses(): Promise<readonly ProcessEntry[]> {
  const pids = processDirectories();
  return pids.length > 0 ? pids.flatMap(readEntry) : listWithPs();
}

/** Every process below `ancestor`, except the `spared` ones and what is below those. */
export function descendantsOf(
  ancestor: number,
  processes: readonly ProcessEntry[],
  spared: ReadonlySet<number>,
): readonly number[] {
  const children = groupBy(processes, ({ parent }) => parent);
  const below = (pid: number): readonly number[] =>
    (children.get(pid) ?? []).filter((child) => !spared.has(child.pid)).map((child) => child.pid);
  const found: number[] = [];
  for (let level = below(ancestor); level.length > 0; level = level.flatMap(below)) found.push(...level);
  return found;
}

export async function childrenOf(parent: number): Promise<readonly number[]> {
  const text = readProc(`${parent}/task/${parent}/children`);
  if (text !== undefined) return text.split(' ').filter(Boolean).map(Number);
  return (await listProcesses()).filter((entry) => entry.parent === parent).map(({ pid }) => pid);
}

/** The processes that were started with `name=value` in their environment. Only Linux tells. */
export function startedWith(assignment: string, processes: readonly ProcessEntry[]): readonly number[] {
  const sought = `\0${assignment}\0`;
  return processes.map(({ pid }) => pid).filter((pid) => `\0${readProc(`${pid}/environ`) ?? ''}`.includes(sought));
}

function processDirectories(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return undefined; // It ended in between, or belongs to somebody else.
  }
}

/** proc(5): `pid (name) state parent …`, where the name may hold anything. */
function readEntry(pid: number): readonly ProcessEntry[] {
  const text = readProc(`${pid}/stat`);
  const [state, parent] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === undefined || state === 'Z' || state === 'X' ? [] : [{ pid, parent: Number(parent) }];
}

async function listWithPs(): Promise<readonly ProcessEntry[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => state !== undefined && !state.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}
