import { failure, reasonOf, textOutput, type ToolResult } from '@trae-cli/protocol';
import type { FileAccess, Place, Workspace } from '../workspace.js';
import { reach } from './reach.js';
import { shortPath } from './suggest.js';
import { decodeFile, encodeFile, isBinary, largestEditableBytes, readWhole, type TextFile } from './text-file.js';

const redactionMark = /\[redacted: [^\]\n]+\]/g;

export type EditableFile = { readonly realPath: string; readonly name: string; readonly file: TextFile };

/** A text file as a whole, or the sentence that says why it cannot be had. */
export async function openEditable(
  workspace: Workspace,
  path: string,
  access: FileAccess,
): Promise<{ readonly editable: EditableFile } | { readonly problem: string }> {
  const reached = await reach(workspace, path, access);
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

/** Writes the new text, in the file's own encoding. `answer` tells the model what it did. */
export async function saveEditable(
  workspace: Workspace,
  { realPath, name, file }: EditableFile,
  text: string,
  answer: () => string,
): Promise<ToolResult> {
  if (text === file.text) return failure(`Nothing would change in ${name}: the new text equals the old.`);
  const bytes = encodeFile({ ...file, text });
  if (bytes === undefined) return failure(`${name} is not UTF-8, and its encoding lacks a character of the new text.`);
  const problem = await writeFile(workspace, { realPath, path: name }, bytes);
  return problem ?? textOutput(workspace.redactor.redact(answer()));
}

export async function writeFile(
  workspace: Workspace,
  { realPath, path }: Pick<Extract<Place, { kind: 'missing' }>, 'realPath' | 'path'>,
  bytes: Buffer,
): Promise<ToolResult | undefined> {
  try {
    await workspace.files.write(realPath, bytes);
    return undefined;
  } catch (error) {
    return failure(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}

/** The sentence that refuses a mark which stands for a secret; nothing where the file has these words itself. */
export function refuseForeignMark(parameter: string, text: string, fileText: string): string | undefined {
  const mark = text.match(redactionMark)?.find((each) => !fileText.includes(each));
  return mark === undefined
    ? undefined
    : `${parameter} contains ${mark}, which stands for a secret that is not shown. Choose lines without it; to move the secret itself, use a command.`;
}
