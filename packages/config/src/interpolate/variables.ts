import { type Environment, isSet } from '@trae-cli/protocol';
import type { Dotenv } from '../dotenv/read-dotenv.js';
import type { ConfigFile, Setting } from '../source.js';

/** Where the values of variables are. */
export type Variables = { readonly environment: Environment; readonly dotenv: Dotenv | undefined };

/** What a file finds under the name of a variable. */
export type VariableLookup =
  | { readonly kind: 'set'; readonly setting: Setting<string> }
  | { readonly kind: 'unset' }
  /** The file is not trusted, and its own `.env` does not have the variable. */
  | { readonly kind: 'forbidden' };

function fromEnvironment(environment: Environment, variable: string): Setting<string> | undefined {
  const value = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
  return isSet(value) ? { value, source: { kind: 'environment', variable } } : undefined;
}

function fromDotenv(dotenv: Dotenv | undefined, variable: string): Setting<string> | undefined {
  const found = dotenv?.variables.get(variable);
  if (dotenv === undefined || found === undefined || !isSet(found.value)) return undefined;
  return { value: found.value, source: { kind: 'dotenv', file: dotenv.file, line: found.line, variable } };
}

/** A variable of the environment, else of `.env`; blank is not set. */
export const variableOf = ({ environment, dotenv }: Variables, name: string): Setting<string> | undefined =>
  fromEnvironment(environment, name) ?? fromDotenv(dotenv, name);

/**
 * A variable for a file. A trusted file does not hear what a `.env` says that is not trusted, and the other way round: one
 * would be steered by it, the other would read it out.
 */
export function variableFor(file: ConfigFile, name: string, { environment, dotenv }: Variables): VariableLookup {
  const own = dotenv?.file.isTrusted === file.isTrusted ? dotenv : undefined;
  const setting = (file.isTrusted ? fromEnvironment(environment, name) : undefined) ?? fromDotenv(own, name);
  if (setting !== undefined) return { kind: 'set', setting };
  return { kind: file.isTrusted ? 'unset' : 'forbidden' };
}
