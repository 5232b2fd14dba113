import { type JsonValue, parseArguments, type ToolCallPart } from '@trae-cli/protocol';
import type { TrajectoryStyle } from './style.js';
import { boundedLines, printableLine } from './text.js';

const argumentLimits = { head: 20, tail: 5 };

/** A short value beside its name; a long one below it, as the lines it has. */
function argumentLines(name: string, value: JsonValue): readonly string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const lines = boundedLines(text, argumentLimits);
  const label = printableLine(name);
  return lines.length === 1 ? [`${label}: ${lines[0]}`] : [`${label}:`, ...lines.map((line) => `  ${line}`)];
}

/** A call as a person reads it: its name, then one argument after the other. */
export function callLines(
  { name, arguments: rawArguments }: Pick<ToolCallPart, 'name' | 'arguments'>,
  style: TrajectoryStyle,
): readonly string[] {
  const parsed = parseArguments(rawArguments);
  const lines = parsed.ok
    ? Object.entries(parsed.value).flatMap(([key, value]) => argumentLines(key, value))
    : [`(not valid JSON) ${boundedLines(rawArguments, argumentLimits).join(' ')}`];
  return [style.accent(printableLine(name)), ...lines.map((line) => `  ${line}`)];
}
