import { isJsonObject, type JsonObject, type JsonValue, parseArguments, type ToolCallPart } from '@trae-cli/protocol';
import type { Paint } from './paint.js';
import { printable } from './printable.js';

const longestArgument = 400;

const shortened = (text: string): string =>
  text.length > longestArgument ? `${text.slice(0, longestArgument)}… (${text.length} characters)` : text;

const textArgument = (input: JsonObject, key: string): string => {
  const value = input[key];
  return typeof value === 'string' ? value : '';
};

const describeRange = (range: JsonValue | undefined): string =>
  Array.isArray(range) ? ` (lines ${range.join(' to ')})` : '';

const prefixed = (text: string, mark: string, paint: (line: string) => string): string[] =>
  text.split('\n').map((line) => paint(`  ${mark} ${line}`));

function editLines(input: JsonObject, paint: Paint): readonly string[] {
  const path = textArgument(input, 'path');
  switch (textArgument(input, 'command')) {
    case 'view':
      return [`${paint.accent('view')} ${path}${describeRange(input['view_range'])}`];
    case 'create':
      return [
        `${paint.accent('create')} ${path} ${paint.faint(`(${textArgument(input, 'file_text').split('\n').length} lines)`)}`,
      ];
    case 'str_replace':
      return [
        `${paint.accent('edit')} ${path}`,
        ...prefixed(shortened(textArgument(input, 'old_str')), '-', paint.removed),
        ...prefixed(shortened(textArgument(input, 'new_str')), '+', paint.added),
      ];
    case 'insert':
      return [
        `${paint.accent('insert')} ${path} ${paint.faint(`after line ${JSON.stringify(input['insert_line'])}`)}`,
        ...prefixed(shortened(textArgument(input, 'new_str')), '+', paint.added),
      ];
    default:
      return [`${paint.accent('edit')} ${path}`];
  }
}

type CallView = (input: JsonObject, paint: Paint) => readonly string[];

/** How a call of a known tool reads best. Any other tool shows its arguments. */
const views: Readonly<Record<string, CallView>> = {
  bash: (input, paint) => [
    `${paint.accent('$')} ${paint.strong(textArgument(input, 'command') || '(restart the shell)')}`,
  ],
  str_replace_based_edit_tool: editLines,
  task_done: (_input, paint) => [paint.accent('done')],
};

/** A call in a line or a few, as the person should see it before it runs. */
export function describeCall(call: ToolCallPart, paint: Paint): string {
  const parsed = parseArguments(call.arguments);
  const view = views[call.name];
  const lines =
    view !== undefined && parsed.ok && isJsonObject(parsed.value)
      ? view(parsed.value, paint)
      : [`${paint.accent(call.name)} ${shortened(call.arguments)}`];
  return lines.join('\n');
}

/** Arguments are the model's words: nothing in them may reach the terminal as a command. */
export const safeCall = (call: ToolCallPart): ToolCallPart => ({
  ...call,
  name: printable(call.name),
  arguments: printableArguments(call.arguments),
});

function printableArguments(raw: string): string {
  const parsed = parseArguments(raw);
  if (!parsed.ok) return printable(raw);
  return JSON.stringify(parsed.value, (_key, value: unknown) => (typeof value === 'string' ? printable(value) : value));
}
