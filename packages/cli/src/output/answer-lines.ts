import { printable, textOf, type ToolMessage } from '@trae-cli/protocol';

export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** Lines of an answer that are shown: enough to follow, not enough to drown in. */
const shownLines = { quiet: 0, normal: 8, verbose: 200 } as const satisfies Record<Verbosity, number>;

/** What these tools did stands in the line about their call; their answers are for the model. */
const saidByTheCall: ReadonlySet<string> = new Set(['str_replace_based_edit_tool', 'task_done']);

/** The end of a tool's answer, as a person follows it. */
export function answerLines(message: ToolMessage, verbosity: Verbosity): readonly string[] {
  const isSaid = message.status === 'ok' && saidByTheCall.has(message.toolName) && verbosity === 'normal';
  const limit = isSaid ? 0 : shownLines[verbosity];
  if (limit === 0) return [];
  const lines = printable(textOf(message.content)).trimEnd().split('\n');
  const left = lines.length - limit;
  return [...(left > 0 ? [`… ${left} lines above`] : []), ...lines.slice(-limit)].map((line) => `  ${line}`.trimEnd());
}
