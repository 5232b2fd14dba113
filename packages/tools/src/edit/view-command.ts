import { failure, textOutput, type ToolResult } from '@trae-cli/protocol';
import type { Place, TreeEntry, Workspace } from '../workspace.js';
import { reach } from './reach.js';
import { shortPath } from './suggest.js';
import { type FileView, type LineRange, viewLines } from './view.js';

const treeLimits = { depth: 2, maxEntries: 500 };

export type ViewInput = { readonly path: string; readonly view_range?: readonly number[] | undefined };

export async function viewCommand(workspace: Workspace, input: ViewInput): Promise<ToolResult> {
  const reached = await reach(workspace, input.path, 'read');
  if ('problem' in reached) return failure(reached.problem);
  const { place } = reached;
  if (place.kind === 'directory') return textOutput(await viewDirectory(workspace, place));
  const range = readRange(input.view_range);
  if ('problem' in range) return failure(range.problem);
  return viewFile(workspace, place, range);
}

function readRange(range: readonly number[] | undefined): LineRange | { readonly problem: string } {
  if (range === undefined) return { from: 1, to: Infinity };
  const [from, end] = range;
  if (range.length !== 2 || from === undefined || end === undefined) {
    return { problem: 'view_range takes two numbers, [first, last]; last may be -1 for the end of the file.' };
  }
  const to = end === -1 ? Infinity : end;
  if (from < 1) return { problem: `Lines are counted from 1: view_range cannot begin at ${from}.` };
  if (to < from) return { problem: `view_range ends before it begins: [${from}, ${end}].` };
  return { from, to };
}

type FilePlace = Extract<Place, { kind: 'file' }>;

async function viewFile(workspace: Workspace, place: FilePlace, range: LineRange): Promise<ToolResult> {
  const { size } = place;
  const view = await viewLines(workspace.files.read(place.realPath), range, { size, redactor: workspace.redactor });
  const name = shortPath(workspace, place.path);
  switch (view.kind) {
    case 'binary':
      return failure(`${name} is a binary file of ${size} bytes. A command such as file or xxd says more about it.`);
    case 'empty':
      return textOutput('[the file is empty]');
    case 'beyond':
      return failure(`${name} has ${view.totalLines} lines; view_range begins at ${range.from}.`);
    case 'lines':
      return textOutput([view.text, ...remarks(view, range)].join('\n'));
    default:
      return view satisfies never;
  }
}

function remarks(
  { last, totalLines }: Extract<FileView, { kind: 'lines' }>,
  { from, to }: LineRange,
): readonly string[] {
  if (totalLines === undefined) {
    return [`[lines ${from} to ${last} of a large file; view_range shows others, grep -n finds them]`];
  }
  if (last < Math.min(to, totalLines)) {
    return [`[lines ${from} to ${last} of ${totalLines}; the next with view_range [${last + 1}, -1]]`];
  }
  return to !== Infinity && to > totalLines ? [`[the file has ${totalLines} lines]`] : [];
}

async function viewDirectory(workspace: Workspace, place: Place & { readonly realPath: string }): Promise<string> {
  const { entries, truncated } = await workspace.files.list(place.realPath, treeLimits);
  const name = shortPath(workspace, place.path);
  return [
    `${name === place.path && place.path === workspace.root ? workspace.root : name}, two levels deep, without .git, node_modules and ignored files:`,
    ...entries.map(describeEntry),
    ...(entries.length === 0 ? ['[nothing]'] : []),
    ...(truncated ? [`[only the first ${entries.length}; view a directory below for more]`] : []),
  ].join('\n');
}

const entrySuffix = { file: '', directory: '/', link: ' (link)' } as const satisfies Record<TreeEntry['kind'], string>;

const describeEntry = ({ path, kind }: TreeEntry): string => `${path}${entrySuffix[kind]}`;
