import { callsIn } from './call-object.js';
import { jsonAt } from './json-at.js';
import { afterBlank, matchAt } from './match-at.js';
import type { Reading, Source, SpokenCall } from './reading.js';
import { readDsml, readFunction, readInvoke, readKeyed } from './tagged-call.js';
import { readDeepSeek, readHarmony, readKimi, readMistral, readPythonTag } from './token-forms.js';

type Read = (source: Source, at: number) => Reading | undefined;

export const callTag = '<tool_call>';

const nameInJson = /"(?:name|tool|tool_name|function)"\s*:\s*"([^"\n]{1,200})"/y;
const beforeName = /[{[\s]*(?=")/y;

/** What a JSON call would be called, so that whoever wrote it can be told what is wrong with it. */
function nameIn(text: string, at: number): string {
  const start = matchAt(beforeName, text, at)?.[0].length ?? 0;
  return matchAt(nameInJson, text, at + start)?.[1] ?? 'tool_call';
}

function readTaggedJson({ text, tools }: Source, at: number): Reading | undefined {
  const found = jsonAt(text, at);
  if (found === undefined) return undefined;
  const name = nameIn(text, at);
  if (found.type === 'open') return { type: 'broken', name, problem: 'Its JSON does not end.', end: text.length };
  if (found.type === 'broken')
    return { type: 'broken', name, problem: `Its JSON is not valid: ${found.problem}.`, end: found.end };
  const calls = callsIn(found.value, tools);
  return calls === undefined
    ? { type: 'broken', name, problem: 'A name and an object of arguments were expected.', end: found.end }
    : { type: 'calls', calls, end: found.end, isClosed: true };
}

/** What stands in `<tool_call>`: JSON, a function in tags, or a name with keyed arguments. */
function readToolCall(source: Source, at: number): Reading | undefined {
  const inside = afterBlank(source.text, at + callTag.length);
  return (
    readTaggedJson(source, inside) ??
    readFunction(source, inside) ??
    readInvoke(source, inside) ??
    readKeyed(source, inside)
  );
}

/** Several calls of one form inside a tag that may be missing its end. */
function readWrapped(read: Read, end: RegExp, { source, inside }: { source: Source; inside: number }) {
  const calls: SpokenCall[] = [];
  let last: Extract<Reading, { type: 'calls' }> | undefined;
  for (let at = inside; ;) {
    const next = read(source, afterBlank(source.text, at));
    if (next?.type !== 'calls') break;
    calls.push(...next.calls);
    last = next;
    at = next.end;
  }
  if (last === undefined) return undefined;
  return { ...last, calls, end: last.end + (matchAt(end, source.text, last.end)?.[0].length ?? 0) };
}

const wrapped = (mark: string, end: RegExp, read: Read): readonly [string, Read] => [
  mark,
  (source, at) => readWrapped(read, end, { source, inside: at + mark.length }),
];

/** What a call that was printed as text begins with, and how it is read from there. */
const forms: ReadonlyMap<string, Read> = new Map<string, Read>([
  [callTag, readToolCall],
  ['<function=', readFunction],
  ['<invoke name=', readInvoke],
  wrapped('<function_calls>', /\s*<\/function_calls>/y, readInvoke),
  wrapped('<minimax:tool_call>', /\s*<\/minimax:tool_call>/y, readInvoke),
  ['<｜DSML｜invoke', readDsml],
  wrapped('<｜DSML｜function_calls>', /\s*<\/｜DSML｜function_calls>/y, readDsml),
  wrapped('<｜DSML｜tool_calls>', /\s*<\/｜DSML｜tool_calls>/y, readDsml),
  ['<|python_tag|>', readPythonTag],
  ['[TOOL_CALLS]', readMistral],
  ['<|tool_calls_section_begin|>', readKimi],
  ['<|tool_call_begin|>', readKimi],
  ['<｜tool▁calls▁begin｜>', readDeepSeek],
  ['<｜tool▁call▁begin｜>', readDeepSeek],
  ['<|start|>assistant', readHarmony],
  ['<|channel|>commentary', readHarmony],
]);

export const callMarks: readonly string[] = [...forms.keys()];

const tail = /(?:\s*(?:<\/tool_call>|<\|(?:eom_id|eot_id|call|im_end)\|>|<\/s>))+/y;

/** Reads what begins with `mark` at this place; undefined where no call does. */
export function readAt(source: Source, mark: string, at: number): Reading | undefined {
  const reading = forms.get(mark)?.(source, at);
  if (reading?.type !== 'calls') return reading;
  const closing = matchAt(tail, source.text, reading.end);
  return closing === null ? reading : { ...reading, end: reading.end + closing[0].length, isClosed: true };
}
