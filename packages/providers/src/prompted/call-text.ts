import { type JsonObject, type JsonValue, parseArguments, type ToolCallPart } from '@trae-cli/protocol';
import { callTag } from '../recovered/forms.js';
import { callEndTag } from '../recovered/tagged-parameters.js';

/** What would end a tag does not belong into a name. */
const tagName = (name: string): string => name.replaceAll(/[\s<>]+/g, '_');

function valueText(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Of the line breaks around a value one on each side is the form's.
  return text.includes('\n') ? `\n${text}\n` : text;
}

const parametersText = (given: JsonObject): string =>
  Object.entries(given)
    .map(([name, value]) => `<parameter=${tagName(name)}>${valueText(value)}</parameter>\n`)
    .join('');

const wrapped = (name: string, inside: string): string =>
  `${callTag}\n<function=${tagName(name)}>\n${inside}</function>\n${callEndTag}`;

/** Whether the arguments of a call are the text of a call that could not be read. */
export const isRawCall = ({ arguments: given }: ToolCallPart): boolean =>
  given.startsWith('<') && !parseArguments(given).ok;

/** A call as the model is asked to write it, or as it wrote it where that could not be read. */
export function callText(call: ToolCallPart): string {
  const { name, arguments: given } = call;
  if (isRawCall(call)) return given.endsWith(callEndTag) ? given : `${given.trimEnd()}\n${callEndTag}`;
  const parsed = parseArguments(given);
  return wrapped(name, parsed.ok ? parametersText(parsed.value) : `${given}\n`);
}

/** What a call looks like, with these parameters. */
export const callSkeleton = (name: string, parameters: readonly string[]): string =>
  wrapped(name, parameters.map((parameter) => `<parameter=${parameter}>…</parameter>\n`).join(''));
