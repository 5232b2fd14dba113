import { Secret } from '@trae-cli/protocol';
import type { CatalogEntry } from './entry.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The key of the first variable that is set and not blank. */
export function keyFromEnvironment(entry: CatalogEntry, environment: Environment): Secret | undefined {
  for (const variable of entry.keyVariables) {
    const value = environment[variable]?.trim() ?? '';
    if (value !== '') return new Secret(value, variable);
  }
  return undefined;
}

/** The headers that this vendor takes from the environment, such as the name of the application. */
export function headersFromEnvironment(
  entry: CatalogEntry,
  environment: Environment,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [header, variable] of Object.entries(entry.headerVariables ?? {})) {
    const value = environment[variable]?.trim() ?? '';
    if (value !== '') headers[header] = value;
  }
  return headers;
}
