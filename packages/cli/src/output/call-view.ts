import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseArguments,
  printable,
  type ToolCallPart,
} from '@trae-cli/protocol';
import type { Paint } from './paint.js';

type CallStyle = {
  readonly paint: Paint;
  /** Every argument in full, however long. */
  readonly isWhole: boolean;
};

const longestArgument = 400;

const shortened = (text: string, { isWhole }: CallStyle): string =>
  isWhole || text.length <= longestArgument ? text : `${text.slice(0, longestArgument)}… (${text.length} characters)`;

const textArgument = (input: JsonObject, key: string): string => {
  const value = input[key];
  return typeof value === 'string' ? value : '';
};

const describeRange = (range: JsonValue | undefined): string =>
  Array.isArray(range) ? ` (lines ${range.join(' to ')})` : '';

/** The lines of a text; the newline that ends the last one begins no other. */
const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

const countLines = (text: string): string => {
  const count = text === '' ? 0 : linesOf(text).length;
  return `(${count} ${count === 1 ? 'line' : 'lines'})`;
};

const removed = (text: string, style: CallStyle): readonly string[] =>
  linesOf(shortened(text, style)).map((line) => style.paint.removed(`  - ${line}`));

const added = (text: string, style: CallStyle): readonly string[] =>
  linesOf(shortened(text, style)).map((line) => style.paint.added(`  + ${line}`));

function editLines(input: JsonObject, style: CallStyle): readonly string[] {
  const { paint, isWhole } = style;
  const path = textArgument(input, 'path');
  const text = textArgument(input, 'file_text');
  const old = textArgument(input, 'old_str');
  const replacement = textArgument(input, 'new_str');
  switch (textArgument(input, 'command')) {
    case 'view':
      return [`${paint.accent('view')} ${path}${describeRange(input['view_range'])}`];
    case 'create':
      return [
        `${paint.accent('create')} ${path} ${paint.faint(countLines(text))}`,
        ...(isWhole && text !== '' ? added(text, style) : []),
      ];
    case 'str_replace':
      return [
        `${paint.accent('edit')} ${path}`,
        ...removed(old, style),
        ...(replacement === '' ? [] : added(replacement, style)),
      ];
    case 'insert':
      return [
        `${paint.accent('insert')} ${path} ${paint.faint(`after line ${JSON.stringify(input['insert_line'])}`)}`,
        ...added(replacement, style),
      ];
    default:
      return [`${paint.accent('edit')} ${path}`];
  }
}

type CallView = (input: JsonObject, style: CallStyle) => readonly string[];

/** How a call of a known tool reads best. Any other tool shows its arguments. */
const views = new Map<string, CallView>(
  Object.entries({
    bash: (input, { paint }) => [
      `${paint.accent('$')} ${paint.strong(textArgument(input, 'command') || '(restart the shell)')}`,
    ],
    str_replace_based_edit_tool: editLines,
    task_done: (_input, { paint }) => [paint.accent('done')],
  } satisfies Record<string, CallView>),
);

/** A call in a line or a few, as the person should see it before it runs. */
export function describeCall(call: ToolCallPart, style: CallStyle): string {
  const parsed = parseArguments(call.arguments);
  const view = views.get(call.name);
  const lines =
    view !== undefined && parsed.ok && isJsonObject(parsed.value)
      ? view(parsed.value, style)
      : [`${style.paint.accent(call.name)} ${shortened(call.arguments, style)}`];
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
