import type { JsonObject, JsonValue } from '@trae-cli/protocol';

/** A value, and the path of keys where it is to stand, as the schema has it: `['model_providers', 'groq', 'max_steps']`. */
export type ConfigChange = { readonly path: readonly string[]; readonly value: JsonValue };

/**
 * Changes values of a configuration file that is there, and nothing else of it: comments, order and line ends stay, and
 * keys that are missing on the way are added. Whoever reads meanwhile sees the old file or the new one. False where the
 * file says all of it already. Throws `config_invalid`, with the lines to add by hand, where that cannot be done.
 */
export async function editConfig(path: string, changes: readonly ConfigChange[]): Promise<boolean> {
  const { editFile } = await import('./edit-file.js');
  return editFile(path, changes);
}

/** Writes a configuration file that is not there yet, in the format that its name tells. Throws `config_invalid`. */
export async function writeNewConfig(path: string, document: JsonObject): Promise<void> {
  const { writeNewFile } = await import('./new-file.js');
  return writeNewFile(path, document);
}
