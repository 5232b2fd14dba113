import { isJsonObject, type ToolSpec } from '@trae-cli/protocol';
import { callsIn } from './call-object.js';
import { jsonAt } from './json-at.js';
import { afterBlank, matchAt } from './match-at.js';
import type { Reading, Source, SpokenCall } from './reading.js';

/** Calls that models mark by special tokens: a server that does not know them passes them on as text. */

type Sequence = {
  /** What stands before the JSON of a call, sticky; its first group is the name. */
  readonly head: RegExp;
  /** What may stand behind it, sticky. */
  readonly tail: RegExp;
};

const nothing = /(?:)/y;

/** Where a match of `pattern` at this place ends; the place itself where there is none. */
const behind = (pattern: RegExp, text: string, at: number): number => {
  const found = matchAt(pattern, text, at);
  return found === null ? at : at + found[0].length;
};

function readOne({ head }: Sequence, { text, tools }: Source, at: number): (SpokenCall & { end: number }) | undefined {
  const opened = matchAt(head, text, at);
  const said = opened?.[1];
  if (opened === null || said === undefined) return undefined;
  const body = jsonAt(text, afterBlank(text, at + opened[0].length));
  if (body?.type !== 'value' || !isJsonObject(body.value)) return undefined;
  const spec: ToolSpec | undefined = tools.find(said);
  return { name: spec?.name ?? said, arguments: body.value, spec, ignored: [], end: body.end };
}

/** One call behind the other, each with its own head and tail. */
function readSequence(sequence: Sequence, source: Source, at: number): Reading | undefined {
  const calls: SpokenCall[] = [];
  let end = at;
  for (let position = at; ;) {
    const call = readOne(sequence, source, position);
    if (call === undefined) break;
    calls.push(call);
    end = behind(sequence.tail, source.text, call.end);
    position = afterBlank(source.text, end);
  }
  return calls.length === 0 ? undefined : { type: 'calls', calls, end, isClosed: true };
}

/** An object or a list with names and arguments. */
function readObjects({ text, tools }: Source, at: number): Reading | undefined {
  const found = jsonAt(text, afterBlank(text, at));
  const calls = found?.type === 'value' ? callsIn(found.value, tools) : undefined;
  if (found?.type !== 'value' || calls === undefined) return undefined;
  return { type: 'calls', calls, end: found.end, isClosed: true };
}

const pythonTag = '<|python_tag|>';
const between = /\s*;\s*(?=\{)/y;

/** Llama: one object or several, with semicolons between them. */
export function readPythonTag(source: Source, at: number): Reading | undefined {
  const calls: SpokenCall[] = [];
  let end = at + pythonTag.length;
  for (;;) {
    const next = readObjects(source, calls.length === 0 ? end : behind(between, source.text, end));
    if (next?.type !== 'calls') break;
    calls.push(...next.calls);
    end = next.end;
  }
  return calls.length === 0 ? undefined : { type: 'calls', calls, end, isClosed: true };
}

const mistralMark = '[TOOL_CALLS]';

const mistralSequence: Sequence = {
  head: /(?:\[TOOL_CALLS\])?\s*([\w.:-]{1,200})(?:\[CALL_ID\][\w-]*)?\[ARGS\]/y,
  tail: nothing,
};

/** Mistral: a list, or name by name. */
export const readMistral = (source: Source, at: number): Reading | undefined =>
  readObjects(source, at + mistralMark.length) ?? readSequence(mistralSequence, source, at);

const kimiBegin = /<\|tool_calls_section_begin\|>\s*/y;
const kimiEnd = /\s*<\|tool_calls_section_end\|>/y;

const kimiSequence: Sequence = {
  head: /<\|tool_call_begin\|>\s*([^\s<|]{1,200})\s*<\|tool_call_argument_begin\|>/y,
  tail: /\s*<\|tool_call_end\|>/y,
};

/** A sequence between marks of its own, either of which may be missing. */
function readSection(sequence: Sequence, [begin, over]: readonly [RegExp, RegExp], source: Source, at: number) {
  const read = readSequence(sequence, source, behind(begin, source.text, at));
  return read === undefined ? undefined : { ...read, end: behind(over, source.text, read.end) };
}

/** Kimi K2. */
export const readKimi = (source: Source, at: number): Reading | undefined =>
  readSection(kimiSequence, [kimiBegin, kimiEnd], source, at);

const deepSeekBegin = /<｜tool▁calls▁begin｜>\s*/y;
const deepSeekEnd = /\s*<｜tool▁calls▁end｜>/y;

const deepSeekSequence: Sequence = {
  head: /<｜tool▁call▁begin｜>\s*(?:function\s*<｜tool▁sep｜>\s*)?([^\s<]{1,200})\s*(?:<｜tool▁sep｜>)?\s*(?:```(?:json)?)?/y,
  tail: /(?:\s*```)?\s*<｜tool▁call▁end｜>/y,
};

/** DeepSeek up to V3.1: with and without the word `function` before the name and a fence around the arguments. */
export const readDeepSeek = (source: Source, at: number): Reading | undefined =>
  readSection(deepSeekSequence, [deepSeekBegin, deepSeekEnd], source, at);

const harmonySequence: Sequence = {
  head: /(?:<\|start\|>assistant)?(?:<\|channel\|>(?:commentary|analysis))?\s+to=(?:functions\.)?([\w.-]{1,200})(?:\s*<\|channel\|>(?:commentary|analysis))?[^<]{0,40}(?:<\|constrain\|>[^<]{0,40})?<\|message\|>/y,
  tail: /\s*<\|(?:call|end)\|>/y,
};

/** The models of OpenAI whose weights are open: the recipient is the tool. */
export const readHarmony = (source: Source, at: number): Reading | undefined =>
  readSequence(harmonySequence, source, at);
