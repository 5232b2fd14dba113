import { isJsonObject, type JsonObject, type JsonValue, type ToolSpec } from '@trae-cli/protocol';
import { coerced } from './coerce.js';
import { jsonAt } from './json-at.js';
import { afterBlank, matchAt } from './match-at.js';
import type { Reading, Source, SpokenCall } from './reading.js';
import { callEndTag, dsmlSyntax, equalsSyntax, invokeSyntax, readTagged, type TagSyntax } from './tagged-parameters.js';

/** The schemas of the parameters of a tool, by name. */
export function parametersOf(spec: ToolSpec | undefined): JsonObject {
  const properties = spec?.inputSchema['properties'];
  return isJsonObject(properties) ? properties : {};
}

/** The parameter that is meant by a name, where only case or white space differ. */
function parameterNamed(name: string, properties: JsonObject): string | undefined {
  if (Object.hasOwn(properties, name)) return name;
  const alike = Object.keys(properties).filter((key) => key.toLowerCase() === name.trim().toLowerCase());
  return alike.length === 1 ? alike[0] : undefined;
}

/** Texts become the values that the schema of the tool wants; everything stays text where there is no such tool. */
export function callFrom(name: string, values: Iterable<readonly [string, string]>, source: Source): SpokenCall {
  const spec = source.tools.find(name);
  const properties = parametersOf(spec);
  const isOpen = spec === undefined || Object.keys(properties).length === 0;
  const given: [string, JsonValue][] = [];
  const ignored: string[] = [];
  for (const [said, raw] of values) {
    const known = parameterNamed(said, properties);
    if (known !== undefined) given.push([known, coerced(raw, properties[known])]);
    else if (isOpen) given.push([said, raw]);
    else ignored.push(said);
  }
  return { name: spec?.name ?? name, arguments: Object.fromEntries(given), spec, ignored };
}

type TaggedForm = {
  /** The tag that opens the call, sticky; its first group is the name. */
  readonly call: RegExp;
  readonly syntax: TagSyntax;
};

const equalsForm: TaggedForm = { call: /<function\s*=\s*["']?([^>"'\s{(]{1,200})["']?\s*[>(]?/y, syntax: equalsSyntax };
const invokeForm: TaggedForm = { call: /<invoke\s+name\s*=\s*["']?([^>"'\n]{1,200}?)["']?\s*>/y, syntax: invokeSyntax };
const dsmlForm: TaggedForm = { call: /<｜DSML｜invoke\s+name\s*=\s*"([^>"\n]{1,200})"\s*>/y, syntax: dsmlSyntax };

function readJsonBody(name: string, source: Source, { at, callEnd }: { at: number; callEnd: string }): Reading {
  const { text, tools } = source;
  const body = jsonAt(text, at);
  if (body === undefined || body.type === 'open')
    return { type: 'broken', name, problem: 'Its JSON does not end.', end: text.length };
  if (body.type === 'broken')
    return { type: 'broken', name, problem: `Its JSON is not valid: ${body.problem}.`, end: body.end };
  if (!isJsonObject(body.value)) return { type: 'broken', name, problem: 'A JSON object was expected.', end: body.end };
  const spec = tools.find(name);
  const call: SpokenCall = { name: spec?.name ?? name, arguments: body.value, spec, ignored: [] };
  const next = afterBlank(text, body.end);
  const end = text.startsWith(callEnd, next) ? next + callEnd.length : body.end;
  return { type: 'calls', calls: [call], end, isClosed: true };
}

function readForm({ call, syntax }: TaggedForm, source: Source, at: number): Reading | undefined {
  const { text, tools } = source;
  const opened = matchAt(call, text, at);
  const said = opened?.[1]?.trim();
  if (opened === null || said === undefined || said === '') return undefined;
  const inside = afterBlank(text, at + opened[0].length);
  if (text[inside] === '{') return readJsonBody(said, source, { at: inside, callEnd: syntax.callEnd });
  const spec = tools.find(said);
  const properties = parametersOf(spec);
  const isKnown = (name: string): boolean => spec === undefined || parameterNamed(name, properties) !== undefined;
  const read = readTagged({ text, syntax, isKnown }, inside);
  if (read.type === 'broken') return { ...read, name: spec?.name ?? said, end: text.length };
  const calls = [callFrom(said, read.values, source)];
  return { type: 'calls', calls, end: read.end, isClosed: read.isClosed };
}

/** `<function=name>` with parameters in tags, or with one JSON object. */
export const readFunction = (source: Source, at: number): Reading | undefined => readForm(equalsForm, source, at);

/** `<invoke name="…">`, as Claude and those who learnt from it write it. */
export const readInvoke = (source: Source, at: number): Reading | undefined => readForm(invokeForm, source, at);

/** The same in the tags of DeepSeek. */
export const readDsml = (source: Source, at: number): Reading | undefined => readForm(dsmlForm, source, at);

type Inside = { readonly inside: string; readonly end: number };

/** What stands between two tags, the first of which is at this place. */
function insideTags(text: string, [opening, closing]: readonly [string, string], at: number): Inside | undefined {
  const end = text.startsWith(opening, at) ? text.indexOf(closing, at) : -1;
  return end === -1 ? undefined : { inside: text.slice(at + opening.length, end), end: end + closing.length };
}

const keyTags = ['<arg_key>', '</arg_key>'] as const;
const valueTags = ['<arg_value>', '</arg_value>'] as const;
const bareName = /([^\s<>{}[\]"]{1,200})\s*/y;

/** A name and then pairs of `<arg_key>` and `<arg_value>`, as GLM writes them. Only for tools that exist. */
export function readKeyed(source: Source, at: number): Reading | undefined {
  const { text, tools } = source;
  const named = matchAt(bareName, text, at);
  const name = named?.[1];
  if (named === null || name === undefined || tools.find(name) === undefined) return undefined;
  const values: [string, string][] = [];
  let position = at + named[0].length;
  for (;;) {
    const key = insideTags(text, keyTags, position);
    const value = key === undefined ? undefined : insideTags(text, valueTags, afterBlank(text, key.end));
    if (key === undefined || value === undefined) break;
    values.push([key.inside.trim(), value.inside]);
    position = afterBlank(text, value.end);
  }
  const isClosed = text.startsWith(callEndTag, position);
  // A name alone is a word of a sentence.
  if (!isClosed && (values.length === 0 || position < text.length)) return undefined;
  return { type: 'calls', calls: [callFrom(name, values, source)], end: position, isClosed };
}
