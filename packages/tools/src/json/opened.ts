import type { Redactor } from '@trae-cli/protocol';
import { type EditableFile, openEditable } from '../edit/editable-file.js';
import type { FileAccess, Workspace } from '../workspace.js';
import { type JsonDocument, parseDocument } from './document.js';
import { Places } from './places.js';
import { type PlainValue, plainValueOf } from './plain-value.js';

/** A JSON file, ready to be searched and changed. */
export type OpenedJson = {
  readonly editable: EditableFile;
  readonly redactor: Redactor;
  readonly document: JsonDocument;
  readonly value: PlainValue;
  readonly places: Places;
};

export type Problem = { readonly problem: string };

/** Reads a file as JSON, whatever it is called. */
export async function openJson(workspace: Workspace, path: string, access: FileAccess): Promise<OpenedJson | Problem> {
  const opened = await openEditable(workspace, path, access);
  if ('problem' in opened) return opened;
  const { editable } = opened;
  const { redactor } = workspace;
  const parsed = parseDocument(editable.file.text, editable.name, redactor);
  if ('problem' in parsed) return parsed;
  const { document } = parsed;
  return { editable, redactor, document, value: plainValueOf(document.root), places: new Places(document.root) };
}
