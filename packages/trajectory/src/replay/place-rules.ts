import { isAbsolute } from 'node:path';
import { escapeForPattern } from '@trae-cli/protocol';
import type { Rule } from './rule.js';

export type ReplayPlaces = {
  /** The workspace, an absolute path. */
  readonly root: string;
  /** Where this machine keeps temporary files. */
  readonly temporaryDirectory: string;
};

/** Longer than any path; a pattern for more would not compile. */
const longestPath = 4096;

/** Whether things can be told by lying in a directory: everything lies in the root, and a recording may name anything. */
export const isTelling = (directory: string): boolean =>
  directory !== '/' && directory.length <= longestPath && isAbsolute(directory);

/** Every form of a directory's path, wherever it is a whole path or the beginning of a longer one. */
export function directoryPattern(directory: string): RegExp {
  // Stack traces name files as addresses, where a space is %20.
  const address = encodeURI(directory.replaceAll(/\p{Surrogate}/gu, '\u{fffd}'));
  const forms = [...new Set([directory, address])].map(escapeForPattern);
  return new RegExp(`(?<![\\w.-])(?:${forms.join('|')})(?![\\w-]|\\.\\w)`, 'g');
}

/** The part of a name that mktemp, mkdtemp and their kin make up. */
const randomPart = new RegExp(
  [
    '^tmp\\.[A-Za-z0-9]{10}$',
    '^tmp[a-z0-9_]{8}(?=$|\\.)',
    '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
    // Six to twelve characters at the end, with a digit or both cases: a word has neither.
    '(?<=[-._])(?=[A-Za-z]*\\d|[a-z]+[A-Z]|[A-Z]+[a-z])[A-Za-z0-9]{6,12}(?=$|\\.)',
  ].join('|'),
);

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(randomPart, '<random>');

const usualTemporaryDirectories = ['/tmp', '/var/tmp', '/private/tmp', '/private/var/tmp'].map(escapeForPattern);
const macTemporaryDirectory = '(?:/private)?/var/folders/\\w\\w/\\w+/T';

const nameCharacter = '[^/\\s\'"`:;,()<>|]';

function temporaryRules(temporaryDirectory: string): readonly Rule[] {
  const directories = [escapeForPattern(temporaryDirectory), macTemporaryDirectory, ...usualTemporaryDirectories];
  const directory = `(?<![\\w.-])(?:${directories.join('|')})`;
  return [
    { pattern: new RegExp(`${directory}/pytest-of-[^/\\s]+/pytest-\\d+`, 'g'), mark: '<temporary>', isName: true },
    {
      pattern: new RegExp(`${directory}/${nameCharacter}*(?![.!?])${nameCharacter}`, 'g'),
      mark: (path) => `<temporary>/${lastName(path)}`,
      isName: true,
    },
    { pattern: new RegExp(`${directory}(?![\\w.-])`, 'g'), mark: '<temporary>', isName: true },
  ];
}

/** The files long outputs are kept in lie in a directory named for the run: its time, and four characters of chance. */
const keptOutput: Rule = {
  pattern: new RegExp(
    `(?<![\\w./-])(?:/${nameCharacter}{1,100}){1,20}/\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d-\\w{4}\\.output/${nameCharacter}*(?![.!?])${nameCharacter}`,
    'g',
  ),
  mark: (path) => `<kept output>/${lastName(path)}`,
  isName: true,
};

export const placeRules = ({ root, temporaryDirectory }: ReplayPlaces): readonly Rule[] => [
  ...(isTelling(root) ? [{ pattern: directoryPattern(root), mark: '<workspace>', isName: false }] : []),
  keptOutput,
  ...temporaryRules(temporaryDirectory),
];
