import { defineTool, failure, type Tool, type ToolResult } from '@trae-cli/protocol';
import { z } from 'zod';
import { redactedAnswer } from './redacted-answer.js';
import type { Workspace } from './workspace.js';

const description = `View, create and edit text files. Relative paths start at the workspace root.
view: a file with line numbers (up to about 30,000 characters; view_range for a part), or a directory two levels deep.
create: a new file with file_text; its directories are made, an existing file is not overwritten.
str_replace: replaces old_str, which must occur exactly once in the file, white space included; without new_str it is deleted.
insert: puts new_str after line insert_line (0: at the beginning).
An edit answers with the changed lines.`;

const input = z.strictObject({
  command: z.enum(['view', 'create', 'str_replace', 'insert']),
  path: z.string().min(1),
  file_text: z.string().optional().describe('create: the whole content.'),
  old_str: z.string().optional().describe('str_replace: the text to replace, without line numbers.'),
  new_str: z.string().optional().describe('str_replace, insert: the new text.'),
  insert_line: z.int().optional(),
  view_range: z.array(z.int()).optional().describe('view: [first, last], counted from 1; -1 is the last line.'),
});

type Input = z.output<typeof input>;

export function editTool(workspace: Workspace): Tool {
  return defineTool({
    name: 'str_replace_based_edit_tool',
    description,
    effect: ({ command }) => (command === 'view' ? 'read' : 'write'),
    strongestEffect: 'write',
    input,
    run: (call) => redactedAnswer(workspace.redactor, call.command, () => run(workspace, call)),
  });
}

async function run(workspace: Workspace, call: Input): Promise<ToolResult> {
  const { command, path, file_text, old_str, new_str, insert_line, view_range } = call;
  const { createCommand, insertCommand, replaceCommand, viewCommand } = await import('./edit/commands.js');
  switch (command) {
    case 'view':
      return viewCommand(workspace, { path, view_range });
    case 'create':
      if (file_text === undefined) return missing(command, 'file_text', 'the whole content of the new file');
      return createCommand(workspace, path, file_text);
    case 'str_replace':
      if (old_str === undefined) return missing(command, 'old_str', 'the text to replace');
      if (old_str === '')
        return failure('old_str is empty. Give the text to replace; insert adds lines, create makes files.');
      return replaceCommand(workspace, path, { oldText: old_str, newText: new_str ?? '' });
    case 'insert':
      if (insert_line === undefined) return missing(command, 'insert_line', 'the line after which the text goes');
      if (new_str === undefined) return missing(command, 'new_str', 'the text to insert');
      return insertCommand(workspace, path, { afterLine: insert_line, text: new_str });
    default:
      return command satisfies never;
  }
}

const missing = (command: string, parameter: string, meaning: string): ToolResult =>
  failure(`${command} needs ${parameter}: ${meaning}.`);
