import { type Message, type ModelRequest, textOf } from '@trae-cli/protocol';

/** Characters; what one token stands for in prose, and what it stands for at most, runs of one character aside. */
const usualToken = 4;
const longestToken = 8;

const wordsOf = (message: Message): string =>
  message.role === 'assistant'
    ? message.content
        .map((part) => (part.type === 'tool_call' ? part.arguments : part.type === 'text' ? part.text : ''))
        .join(' ')
    : textOf(message.content);

/** What no template leaves out: neither images, nor thoughts, nor the tools, which templates put in other words. */
const certainWords = ({ instructions, messages }: ModelRequest): readonly string[] => [
  instructions,
  ...messages.map(wordsOf),
];

const imageCharacters = ({ messages }: ModelRequest): number =>
  messages
    .flatMap((message) => (message.role === 'assistant' ? [] : message.content))
    .reduce((sum, part) => sum + (part.type === 'image' ? part.base64.length : 0), 0);

/** A token may be a whole line of dashes, or the blanks before a word: of a run, one character counts. */
const withoutRuns = (text: string): number => text.replaceAll(/(\s)\s+|(.)\2{3,}/g, '$1$2').length;

/** Tokens that the request has at the very least, however it is cut into them. */
export const fewestTokens = (request: ModelRequest): number =>
  Math.floor(certainWords(request).reduce((sum, words) => sum + withoutRuns(words), 0) / longestToken);

/** The same without looking at every character: never less. */
export const fewestTokensRoughly = (request: ModelRequest): number =>
  Math.floor(certainWords(request).reduce((sum, words) => sum + words.length, 0) / longestToken);

/** Tokens that the runs of one character make a guess from the bytes too high by. */
export const tokensInRuns = (request: ModelRequest): number =>
  Math.floor(certainWords(request).reduce((sum, words) => sum + words.length - withoutRuns(words), 0) / usualToken);

/** Tokens that the request has about, everything included but images, which nobody can tell. */
export const aboutTokens = (request: ModelRequest | undefined, bytes: number): number =>
  Math.max(0, Math.round((bytes - (request === undefined ? 0 : imageCharacters(request))) / usualToken));
