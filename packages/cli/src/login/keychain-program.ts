import type { Secret } from '@trae-cli/protocol';
import type { ProgramEnd } from './run-program.js';

export type KeychainInput = { readonly arguments: readonly string[]; readonly stdin?: string };

/** How the keychain of one system is asked: by a program that comes with it. */
export type KeychainProgram = {
  /** For people: `the login keychain`. */
  readonly where: string;
  readonly name: string;
  /** Prints the key. */
  readonly read: (provider: string) => KeychainInput;
  /** Replaces what is there. Undefined for a key that the program cannot take. */
  readonly store: (provider: string, key: Secret) => KeychainInput | undefined;
  readonly remove: (provider: string) => KeychainInput;
  /** Whether it says that there is no such key. */
  readonly isAbsent: (end: Extract<ProgramEnd, { status: 'exited' }>) => boolean;
};

/** The name under which our keys lie in a keychain. */
const service = 'trae-cli';

const attributes = (provider: string): readonly string[] => ['service', service, 'provider', provider];

/** The keyring of a Linux desktop, through libsecret. */
export const secretTool: KeychainProgram = {
  where: 'the keyring',
  name: 'secret-tool',
  read: (provider) => ({ arguments: ['lookup', ...attributes(provider)] }),
  store: (provider, key) => ({
    arguments: ['store', `--label=${service}: the key for ${provider}`, ...attributes(provider)],
    stdin: key.reveal(),
  }),
  remove: (provider) => ({ arguments: ['clear', ...attributes(provider)] }),
  // It is silent about what is not there, and says what went wrong.
  isAbsent: ({ exitCode, stderr }) => exitCode === 1 && stderr.trim() === '',
};

/** errSecItemNotFound, -25300, as an exit code. */
const itemNotFound = 44;
/** What `security -i` reads as one line; the rest would be taken for another command. */
const longestCommand = 4000;

const item = (provider: string): readonly string[] => ['-s', service, '-a', provider];

const quoted = (word: string): string => `"${word.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

function addPassword(provider: string, key: Secret): KeychainInput | undefined {
  const words = ['-U', ...item(provider), '-l', `${service}: the key for ${provider}`, '-w', key.reveal()];
  const command = `add-generic-password ${words.map(quoted).join(' ')}\n`;
  // A command of its own standard input, so that the key is in nobody's list of processes.
  return command.length > longestCommand ? undefined : { arguments: ['-i'], stdin: command };
}

/** The keychain of macOS. */
export const security: KeychainProgram = {
  where: 'the login keychain',
  name: 'security',
  read: (provider) => ({ arguments: ['find-generic-password', ...item(provider), '-w'] }),
  store: addPassword,
  remove: (provider) => ({ arguments: ['delete-generic-password', ...item(provider)] }),
  isAbsent: ({ exitCode }) => exitCode === itemNotFound,
};
