import { clipped, keyPrefix } from '@trae-cli/protocol';

const longestQuote = 500;

/** What a service said, fit to be shown: no markup, no line breaks, bounded. */
export function plainText(text: string): string {
  const words = text
    .slice(0, 20_000)
    .replaceAll(/<(script|style|head)\b[^>]*>[^]*?<\/\1>/gi, ' ')
    .replaceAll(/<\/?[a-z!][^<>]*>/gi, ' ')
    // oxlint-disable-next-line no-control-regex -- what reaches a terminal must not steer it
    .replaceAll(/[\s\u0000-\u001F\u007F-\u009F]+/g, ' ')
    .trim();
  return clipped(words, longestQuote);
}

const keyShapes = new RegExp(String.raw`\b${keyPrefix}[\w*.…-]{6,}|\bAIza[\w-]{20,}|(?<=\bBearer )\S{6,}`, 'g');

/** Hides whatever looks like a key, whoever it belongs to: services like to quote the one they refuse. */
export const maskKeys = (text: string): string =>
  text.replaceAll(keyShapes, (key) => `${key.slice(0, key.search(/[-_]/) + 1)}…`);

const units = [
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
] as const;

/** A wait in words: `2 hours (7200 s)`, `90 seconds`. */
export function describeWait(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const [size, name] = units.find(([size]) => milliseconds >= 2 * size) ?? [1000, 'second'];
  const count = Math.round(milliseconds / size) || seconds;
  const words = `${count} ${name}${count === 1 ? '' : 's'}`;
  return name === 'second' ? words : `${words} (${seconds} s)`;
}
