import { Option } from 'commander';
import { TraeError } from '@trae-cli/protocol';

/** A count, as an option's parser. Throws a usage error that names the flag. */
export const wholeNumber =
  (flag: string, unit: string) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text.trim()) && Number.isSafeInteger(value) && value > 0) return value;
    throw new TraeError(
      'usage',
      `${flag} must be a whole number of ${unit}, 1 or more; it was given ${JSON.stringify(text)}.`,
    );
  };

/** An amount of US dollars, as an option's parser. Throws a usage error that names the flag. */
export const dollars =
  (flag: string) =>
  (text: string): number => {
    const value = Number(text.trim().replace(/^\$/, ''));
    if (Number.isFinite(value) && value > 0) return value;
    throw new TraeError(
      'usage',
      `${flag} must be an amount of US dollars above 0, such as 0.50; it was given ${JSON.stringify(text)}.`,
    );
  };

/** An empty value is a variable that was not set: `-w "$DIR"` must not mean the current directory. */
const filled =
  (flag: string) =>
  (text: string): string => {
    if (text.trim() !== '') return text;
    throw new TraeError('usage', `${flag} is empty.`, { hint: 'Give it a value, or leave it out.' });
  };

/** An option whose text must not be empty. */
export function textOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  return option.argParser(filled(option.long ?? flags));
}

/** An option that takes a name: on one line, without what was pasted around it. */
export function nameOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  const flag = option.long ?? flags;
  const parse = filled(flag);
  return option.argParser((text) => {
    const name = parse(text).trim();
    if (!/[\r\n]/.test(name)) return name;
    throw new TraeError('usage', `${flag} has a line break in it.`, {
      hint: 'Give the name alone and on one line.',
    });
  });
}

/** An option that may be given again and again, each time with a text that is not empty. */
export function textListOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  const parse = filled(option.long ?? flags);
  return option.argParser((text, previous: readonly string[] | undefined) => [...(previous ?? []), parse(text)]);
}

/** An option that takes names between commas or spaces, and may be repeated. */
export function nameListOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  const parse = filled(option.long ?? flags);
  return option.argParser((text, previous: readonly string[] | undefined) => [
    ...(previous ?? []),
    ...parse(text)
      .split(/[\s,]+/)
      .filter((name) => name !== ''),
  ]);
}

export const effortOption = (flags: string, description: string): Option =>
  new Option(flags, description).choices(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']);

/** commander knows no two-letter short flags: the long form is declared, and the help shows both. */
export function withShort(short: string, option: Option): Option {
  option.flags = `${short}, ${option.flags}`;
  return option;
}
