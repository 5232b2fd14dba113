import { type Environment, isSet } from '@trae-cli/protocol';
import type { CatalogEntry } from './entry.js';

/** The headers that this vendor takes from the environment, such as the name of the application. */
export function headersFromEnvironment(
  { headerVariables = {} }: CatalogEntry,
  environment: Environment,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [header, variable] of Object.entries(headerVariables)) {
    const value = environment[variable];
    if (isSet(value)) headers[header] = value.trim();
  }
  return headers;
}
