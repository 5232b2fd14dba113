import { failure, messageOf, textOutput, type ToolResult } from '@trae-cli/protocol';
import type { Place, Workspace } from '../workspace.js';
import { excerptOf } from './excerpt.js';
import { explainAbsence } from './near-miss.js';
import { reach } from './reach.js';
import { type Change, countLines, insertLines, replaceOnce } from './replace.js';
import { shortPath } from './suggest.js';
import { decodeFile, encodeFile, isBinary, largestEditableBytes, readWhole, type TextFile } from './text-file.js';

const redactionMark = /\[redacted: [^\]\n]+\]/g;

type Editable = { readonly realPath: string; readonly name: string; readonly file: TextFile };

export async function createCommand(workspace: Workspace, path: string, text: string): Promise<ToolResult> {
  const place = await workspace.files.locate(path, 'write');
  const name = shortPath(workspace, place.path);
  if (place.kind === 'outside') return failure(place.reason);
  if (place.kind !== 'missing') return failure(`${name} exists already. Change it with str_replace or insert.`);
  const mark = foreignMark(text, '');
  if (mark !== undefined) return failure(refuseMark('file_text', mark));
  const problem = await write(workspace, place, Buffer.from(text));
  return problem ?? textOutput(`Created ${name}: ${plural(countLines(text), 'line')}.`);
}

export async function replaceCommand(
  workspace: Workspace,
  path: string,
  { oldText, newText }: { readonly oldText: string; readonly newText: string },
): Promise<ToolResult> {
  const opened = await openForEdit(workspace, path);
  if ('problem' in opened) return failure(opened.problem);
  const { name, file } = opened.editable;
  for (const [parameter, text] of [
    ['old_str', oldText],
    ['new_str', newText],
  ] as const) {
    const mark = foreignMark(text, file.text);
    if (mark !== undefined) return failure(refuseMark(parameter, mark));
  }
  const replacement = replaceOnce(file.text, oldText, newText);
  switch (replacement.kind) {
    case 'replaced':
      return save(workspace, opened.editable, replacement.change);
    case 'absent':
      return failure(`old_str is not in ${name}. ${explainAbsence(file.text, oldText)}`);
    case 'ambiguous':
      return failure(
        `old_str occurs ${replacement.lines.length} times in ${name}, beginning at lines ${replacement.lines.join(', ')}. Add surrounding lines until it occurs once.`,
      );
    default:
      return replacement satisfies never;
  }
}

export async function insertCommand(
  workspace: Workspace,
  path: string,
  { afterLine, text }: { readonly afterLine: number; readonly text: string },
): Promise<ToolResult> {
  const opened = await openForEdit(workspace, path);
  if ('problem' in opened) return failure(opened.problem);
  const { name, file } = opened.editable;
  const mark = foreignMark(text, file.text);
  if (mark !== undefined) return failure(refuseMark('new_str', mark));
  const total = countLines(file.text);
  if (afterLine < 0 || afterLine > total) {
    return failure(
      `insert_line is ${afterLine}, but ${name} has ${plural(total, 'line')}. Give 0 to ${total}: the text goes after that line.`,
    );
  }
  return save(workspace, opened.editable, insertLines(file.text, afterLine, text));
}

async function openForEdit(
  workspace: Workspace,
  path: string,
): Promise<{ readonly editable: Editable } | { readonly problem: string }> {
  const reached = await reach(workspace, path, 'write');
  if ('problem' in reached) return reached;
  const { place } = reached;
  const name = shortPath(workspace, place.path);
  if (place.kind === 'directory') return { problem: `${name} is a directory; only files can be edited.` };
  if (place.size > largestEditableBytes) {
    return { problem: `${name} has ${place.size} bytes, too many to edit here. Use a command such as sed or python.` };
  }
  const bytes = await readWhole(workspace.files, place.realPath);
  if (isBinary(bytes)) return { problem: `${name} is a binary file. Change it with a command.` };
  return { editable: { realPath: place.realPath, name, file: decodeFile(bytes) } };
}

async function save(workspace: Workspace, { realPath, name, file }: Editable, change: Change): Promise<ToolResult> {
  if (change.text === file.text) return failure(`Nothing would change in ${name}: the new text equals the old.`);
  const bytes = encodeFile({ ...file, text: change.text });
  if (bytes === undefined) return failure(`${name} is not UTF-8, and its encoding lacks a character of the new text.`);
  const problem = await write(workspace, { realPath, path: name }, bytes);
  return problem ?? textOutput(`Changed ${name}:\n${workspace.redactor.redact(excerptOf(change))}`);
}

async function write(
  workspace: Workspace,
  { realPath, path }: Pick<Extract<Place, { kind: 'missing' }>, 'realPath' | 'path'>,
  bytes: Buffer,
): Promise<ToolResult | undefined> {
  try {
    await workspace.files.write(realPath, bytes);
    return undefined;
  } catch (error) {
    return failure(`${path} cannot be written: ${messageOf(error)}.`);
  }
}

/** A mark that stands for a secret: the file does not have these words itself. */
const foreignMark = (text: string, fileText: string): string | undefined =>
  text.match(redactionMark)?.find((mark) => !fileText.includes(mark));

const refuseMark = (parameter: string, mark: string): string =>
  `${parameter} contains ${mark}, which stands for a secret that is not shown. Choose lines without it; to move the secret itself, use a command.`;

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
