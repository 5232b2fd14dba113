import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConfigChange, type ConfigFile, editConfig, type LoadedConfig, writeNewConfig } from '@trae-cli/config';
import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import { configuredName } from '../configuration/entries.js';
import { configDirectory } from '../host/base-directories.js';
import type { Known } from './check.js';
import { changesToKeep } from './findings-to-keep.js';
import type { Patient } from './patient.js';

export type Written = { readonly file: string; readonly isNew: boolean; readonly changes: readonly ConfigChange[] };

/**
 * Where the provider's entry is, else the file that is in force; undefined where there is neither. A file that nobody
 * trusts is not the person's to write in.
 */
function fileFor(name: string, { files, leaves }: LoadedConfig): string | undefined {
  const ofEntry = leaves.flatMap(({ path, source }): readonly ConfigFile[] => {
    const [section, provider] = path;
    return section === 'model_providers' && provider === name && source.kind === 'file' ? [source.file] : [];
  });
  return [...ofEntry, ...files].find(({ isTrusted }) => isTrusted)?.path;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function withValue(document: JsonObject, [key = '', ...rest]: readonly string[], value: JsonValue): JsonObject {
  if (rest.length === 0) return { ...document, [key]: value };
  const inner = document[key];
  return { ...document, [key]: withValue(isJsonObject(inner) ? inner : {}, rest, value) };
}

const documentOf = (changes: readonly ConfigChange[]): JsonObject =>
  changes.reduce<JsonObject>((document, { path, value }) => withValue(document, path, value), {});

/** Writes what was learnt where it counts from now on; undefined where there is nothing that is not written already. */
export async function keepFindings(patient: Patient, known: Known): Promise<Written | undefined> {
  const changes = changesToKeep(patient, known);
  if (changes.length === 0) return undefined;
  const { ground, host, planned } = patient;
  const file = fileFor(configuredName(planned.entry, ground.config), ground.config);
  if (file !== undefined) return (await editConfig(file, changes)) ? { file, isNew: false, changes } : undefined;
  const own = join(configDirectory(host), 'trae_config.yaml');
  // Another provider may just have had it created.
  if (await isThere(own)) return (await editConfig(own, changes)) ? { file: own, isNew: false, changes } : undefined;
  await writeNewConfig(own, documentOf(changes));
  return { file: own, isNew: true, changes };
}
