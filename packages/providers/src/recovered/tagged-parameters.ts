import { clipped } from '@trae-cli/protocol';
import { afterBlank, matchAt } from './match-at.js';

/** How a call and its parameters are told by tags. */
export type TagSyntax = {
  /** The tag that opens a parameter, sticky; its first group is the name. */
  readonly parameter: RegExp;
  readonly parameterEnd: string;
  readonly callEnd: string;
};

export const callEndTag = '</tool_call>';

export const equalsSyntax: TagSyntax = {
  parameter: /<parameter\s*=\s*["']?([^>"'\n]{1,200}?)["']?\s*>/y,
  parameterEnd: '</parameter>',
  callEnd: '</function>',
};

export const invokeSyntax: TagSyntax = {
  parameter: /<parameter\s+name\s*=\s*["']?([^>"'\n]{1,200}?)["']?(?:\s[^>\n]{0,200})?>/y,
  parameterEnd: '</parameter>',
  callEnd: '</invoke>',
};

export const dsmlSyntax: TagSyntax = {
  parameter: /<｜DSML｜parameter\s+name\s*=\s*"([^>"\n]{1,200})"(?:\s[^>\n]{0,200})?>/y,
  parameterEnd: '</｜DSML｜parameter>',
  callEnd: '</｜DSML｜invoke>',
};

export type TaggedRead =
  | {
      readonly type: 'read';
      readonly values: ReadonlyMap<string, string>;
      readonly end: number;
      readonly isClosed: boolean;
    }
  | { readonly type: 'broken'; readonly problem: string };

type Place = { readonly text: string; readonly syntax: TagSyntax; isKnown(name: string): boolean };

/** The text ends here, or in the middle of a tag that would end the call. */
function isOver({ text, syntax }: Place, at: number): boolean {
  if (text.length - at >= callEndTag.length + syntax.callEnd.length) return false;
  const rest = text.slice(at);
  return callEndTag.startsWith(rest) || syntax.callEnd.startsWith(rest);
}

const isCallEnd = ({ text, syntax }: Place, at: number): boolean =>
  text.startsWith(syntax.callEnd, at) || text.startsWith(callEndTag, at);

/** Whether what ends before `at` is the end of the parameter rather than text in its value that looks like it. */
function endsValue(place: Place, at: number, isOneLine: boolean): boolean {
  const next = afterBlank(place.text, at);
  if (isOver(place, next) || isCallEnd(place, next)) return true;
  const opened = matchAt(place.syntax.parameter, place.text, next)?.[1];
  return opened !== undefined && (isOneLine || place.isKnown(opened));
}

type Value = { readonly value: string; readonly end: number };

function valueAt(place: Place, from: number): Value | undefined {
  const { text, syntax } = place;
  const { parameterEnd, callEnd } = syntax;
  const lineEnd = text.indexOf('\n', from);
  for (let at = text.indexOf(parameterEnd, from); at !== -1; at = text.indexOf(parameterEnd, at + 1)) {
    const end = at + parameterEnd.length;
    if (endsValue(place, end, lineEnd === -1 || at < lineEnd)) return { value: text.slice(from, at), end };
  }
  // The tag is forgotten, but the call has its end.
  for (let at = text.indexOf(callEnd, from); at !== -1; at = text.indexOf(callEnd, at + 1)) {
    const next = afterBlank(text, at + callEnd.length);
    if (next === text.length || text.startsWith(callEndTag, next)) return { value: text.slice(from, at), end: at };
  }
  return undefined;
}

const unwrapped = (value: string): string => value.replace(/^\r?\n/, '').replace(/\r?\n$/, '');

const longestExcerpt = 60;
/** No tool has more. */
const mostParameters = 200;

/** The parameters from `at` on, up to the end of the call; each value is the text between its tags, as it stands. */
export function readTagged(place: Place, at: number): TaggedRead {
  const { text, syntax } = place;
  const values = new Map<string, string>();
  for (let position = at; ;) {
    position = afterBlank(text, position);
    if (text.startsWith(syntax.callEnd, position))
      return { type: 'read', values, end: position + syntax.callEnd.length, isClosed: true };
    if (text.startsWith(callEndTag, position)) return { type: 'read', values, end: position, isClosed: true };
    if (isOver(place, position)) return { type: 'read', values, end: text.length, isClosed: false };
    const opened = matchAt(syntax.parameter, text, position);
    const name = opened?.[1]?.trim();
    if (opened === null || name === undefined) {
      const excerpt = clipped(text.slice(position, position + 2 * longestExcerpt), longestExcerpt);
      return { type: 'broken', problem: `${JSON.stringify(excerpt)} stands outside any parameter.` };
    }
    const found = valueAt(place, position + opened[0].length);
    if (found === undefined)
      return { type: 'broken', problem: `The parameter ${name} is not closed with ${syntax.parameterEnd}.` };
    if (values.size === mostParameters) return { type: 'broken', problem: 'It has too many parameters.' };
    values.set(name, unwrapped(found.value));
    position = found.end;
  }
}
