import { keyPrefix } from '@trae-cli/protocol';

/** The name of a thing that is nobody's business, up to where its value begins; a colon may be what is missing. */
const secretName =
  /(?:key|token(?!s)|secret|pass(?:word|wd|phrase)|auth|credential|cookie|session|signature)[\w.-]{0,40}["']?\s{0,20}[:=]?\s*/gi;

/** A value that is closed where it should be, so that what follows it is no part of it. */
const closedValue = /(?:"(?:[^"\\]|\\.)*"|'[^']*')(?=\s*(?:$|[,}\]#]))/y;

/** No value yet, a bracket, the head of a YAML block, or a quote that is not closed: what is meant follows below. */
const openValue = /^(?:[[{]|[|>][\d+-]{0,2}\s*(?:#.*)?|(["'])(?!.*\1$).*)?$/;

const wordsLikeKeys = new RegExp(
  String.raw`[A-Za-z0-9+/_=-]{32,}|(?=[A-Za-z+/_=-]{0,60}\d)[A-Za-z0-9+/_=-]{20,}|\b${keyPrefix}[\w-]{6,}`,
  'g',
);

const loginInAddress = /\/\/[^\s/@"']{1,200}@/g;

/** What holds a file together may be seen. */
const stars = (text: string): string => text.replaceAll(/[^\s{}[\],:"']/g, '*');

export type MaskedLine = {
  /** As long as it was, so that columns stay what they are. */
  readonly text: string;
  /** A secret value goes on below. */
  readonly isOpen: boolean;
};

/** A line of a file that is not understood, without whatever looks like a key: better too little shown than a secret. */
export function maskLine(line: string): MaskedLine {
  let masked = '';
  let done = 0;
  let isOpen = false;
  for (const { 0: name, index } of line.matchAll(secretName)) {
    if (index < done) continue;
    const start = index + name.length;
    closedValue.lastIndex = start;
    const closed = closedValue.exec(line)?.[0];
    const end = closed === undefined ? line.length : start + closed.length;
    isOpen = closed === undefined && openValue.test(line.slice(start).trim());
    masked += line.slice(done, start) + stars(line.slice(start, end));
    done = end;
  }
  const text = (masked + line.slice(done)).replaceAll(wordsLikeKeys, stars).replaceAll(loginInAddress, stars);
  return { text, isOpen };
}

/** What goes on with a secret that the line above began. */
export const maskContinued = (line: string): string => stars(line);
