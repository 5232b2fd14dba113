import { clipped } from '@trae-cli/protocol';
import { essenceOf, withPlainCharacters } from './significant-line.js';

const longestQuote = 160;

/** What is different between a line of the file and the one sought for it, in words; nothing where they are equal. */
export function describeDifference(number: number, found: string, sought: string): string | undefined {
  if (found === sought) return undefined;
  const inFile = withPlainCharacters(found) === withPlainCharacters(sought) ? oddCharacters(found, sought) : undefined;
  if (inFile !== undefined) return `Line ${number}: ${inFile}.`;
  if (essenceOf(found) !== essenceOf(sought)) {
    return `Line ${number} is ${quote(found)} in the file and ${quote(sought)} in old_str.`;
  }
  const [fileIndent, soughtIndent] = [indentOf(found), indentOf(sought)];
  if (fileIndent !== soughtIndent) {
    return `Line ${number} begins with ${describeSpace(fileIndent)} in the file and with ${describeSpace(soughtIndent)} in old_str.`;
  }
  const [fileEnd, soughtEnd] = [trailOf(found), trailOf(sought)];
  if (fileEnd !== soughtEnd) {
    return `Line ${number} ends with ${describeSpace(fileEnd)} in the file and with ${describeSpace(soughtEnd)} in old_str.`;
  }
  return `Line ${number} has other white space inside: ${quote(found)} in the file, ${quote(sought)} in old_str.`;
}

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? '';
const trailOf = (line: string): string => /\s*$/.exec(line)?.[0] ?? '';

/** As JSON, so that tabs show. */
const quote = (line: string): string => clipped(JSON.stringify(line), longestQuote);

/** `2 tabs and 4 spaces`, `nothing`. */
function describeSpace(space: string): string {
  const runs = space.match(/\t+| +|[^\t ]+/g) ?? [];
  return runs.map(describeRun).join(' and ') || 'nothing';
}

function describeRun(run: string): string {
  const name = run.startsWith('\t') ? 'tab' : run.startsWith(' ') ? 'space' : `character ${codePoint(run)}`;
  return `${run.length} ${name}${run.length === 1 ? '' : 's'}`;
}

/** The first pair of characters that look alike and are not. */
function oddCharacters(found: string, sought: string): string | undefined {
  const [left, right] = [Array.from(found), Array.from(sought)];
  const at = left.findIndex((character, index) => character !== right[index]);
  const [a, b] = [left[at], right[at]];
  if (a === undefined || b === undefined) return undefined;
  return `the file has ${codePoint(a)} where old_str has ${codePoint(b)}`;
}

const codePoint = (character: string): string =>
  `${JSON.stringify(character)} (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;
