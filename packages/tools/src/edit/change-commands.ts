import { failure, textOutput, type ToolResult } from '@trae-cli/protocol';
import type { Workspace } from '../workspace.js';
import { type EditableFile, openEditable, refuseForeignMark, saveEditable, writeFile } from './editable-file.js';
import { excerptOf } from './excerpt.js';
import { explainAbsence } from './near-miss.js';
import { type Change, countLines, insertLines, replaceOnce } from './replace.js';
import { shortPath } from './suggest.js';

export async function createCommand(workspace: Workspace, path: string, text: string): Promise<ToolResult> {
  const place = await workspace.files.locate(path, 'write');
  const name = shortPath(workspace, place.path);
  if (place.kind === 'outside') return failure(place.reason);
  if (place.kind !== 'missing') return failure(`${name} exists already. Change it with str_replace or insert.`);
  const refusal = refuseForeignMark('file_text', text, '');
  if (refusal !== undefined) return failure(refusal);
  const problem = await writeFile(workspace, place, Buffer.from(text));
  return problem ?? textOutput(`Created ${name}: ${plural(countLines(text), 'line')}.`);
}

export async function replaceCommand(
  workspace: Workspace,
  path: string,
  { oldText, newText }: { readonly oldText: string; readonly newText: string },
): Promise<ToolResult> {
  const opened = await openEditable(workspace, path, 'write');
  if ('problem' in opened) return failure(opened.problem);
  const { name, file } = opened.editable;
  for (const [parameter, text] of [
    ['old_str', oldText],
    ['new_str', newText],
  ] as const) {
    const refusal = refuseForeignMark(parameter, text, file.text);
    if (refusal !== undefined) return failure(refusal);
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
  const opened = await openEditable(workspace, path, 'write');
  if ('problem' in opened) return failure(opened.problem);
  const { name, file } = opened.editable;
  const refusal = refuseForeignMark('new_str', text, file.text);
  if (refusal !== undefined) return failure(refusal);
  const total = countLines(file.text);
  if (afterLine < 0 || afterLine > total) {
    return failure(
      `insert_line is ${afterLine}, but ${name} has ${plural(total, 'line')}. Give 0 to ${total}: the text goes after that line.`,
    );
  }
  return save(workspace, opened.editable, insertLines(file.text, afterLine, text));
}

const save = (workspace: Workspace, editable: EditableFile, change: Change): Promise<ToolResult> =>
  saveEditable(
    workspace,
    editable,
    change.text,
    () => `Changed ${editable.name}:\n${excerptOf(change, workspace.redactor)}`,
  );

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
