import { formatCount, textOf, type ToolCallPart, type ToolMessage } from '@trae-cli/protocol';
import type { KnownTools } from '../recovered/known-tools.js';
import { piecesOf } from '../recovered/pieces.js';
import { parametersOf } from '../recovered/tagged-call.js';
import { callSkeleton, isRawCall } from './call-text.js';

/** Characters of one result: small models lose the thread, and have small windows. */
const most = 16_000;
const least = 2_000;

/** Characters of a result, for a window of so many tokens: about a quarter of it. */
export const longestResult = (contextWindow: number): number => Math.max(least, Math.min(most, contextWindow));

/** The beginning and the end of what is too long, and how much is missing between them. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = text.slice(0, Math.floor(longest * 0.7)).replace(/[\uD800-\uDBFF]$/, '');
  const tail = text.slice(text.length - Math.floor(longest * 0.3)).replace(/^[\uDC00-\uDFFF]/, '');
  const missing = text.length - head.length - tail.length;
  return `${head}\n[… ${formatCount(missing)} characters are left out here …]\n${tail}`;
}

/** What is wrong with a call that could not be read, and what it should look like. */
function explanation(call: ToolCallPart, tools: KnownTools): string {
  const source = { text: call.arguments, tools };
  const [first] = [...piecesOf(source, { isStart: false, keepsBroken: true })].filter(({ type }) => type === 'reading');
  const problem = first?.type === 'reading' && first.reading.type === 'broken' ? ` ${first.reading.problem}` : '';
  const spec = tools.find(call.name);
  const parameters = spec === undefined ? ['PARAMETER'] : Object.keys(parametersOf(spec));
  const skeleton = callSkeleton(spec?.name ?? 'NAME', parameters);
  return `Not run: your call could not be read.${problem} Write it again, whole, in this form:\n${skeleton}`;
}

export type ResultContext = {
  readonly tools: KnownTools;
  /** Characters. */
  readonly longest: number;
  /** What the model should know of its call beside the result. */
  readonly noteFor: (callId: string) => string | undefined;
};

const attribute = (text: string): string => text.replaceAll(/[\s"<>]+/g, '_');

/** A result in the form that the instructions announce. `call` is what it answers, where that is known. */
export function resultText(result: ToolMessage, call: ToolCallPart | undefined, context: ResultContext): string {
  const isRaw = call !== undefined && isRawCall(call);
  const said = isRaw ? explanation(call, context.tools) : shortened(textOf(result.content), context.longest);
  const images = result.content.some(({ type }) => type === 'image') ? '(see the image below)' : '(no output)';
  const note = context.noteFor(result.callId);
  const whole = [said.trim() === '' ? images : said, ...(note === undefined ? [] : [`Note: ${note}`])].join('\n');
  // Whatever a file has in it, the result ends where we end it.
  const safe = whole.replaceAll(/<(?=\/tool_result)/gi, '<\\');
  return `<tool_result name="${attribute(result.toolName)}" status="${result.status}">\n${safe}\n</tool_result>`;
}
