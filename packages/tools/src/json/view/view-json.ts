import { failure, textOutput, type ToolResult } from '@trae-cli/protocol';
import { longestLine } from '../../edit/excerpt.js';
import { viewLines } from '../../edit/view.js';
import type { Workspace } from '../../workspace.js';
import { keyOf } from '../nodes.js';
import { type OpenedJson, openJson } from '../opened.js';
import { pathOf } from '../places.js';
import { compileQuery } from '../query.js';
import { respelled } from './respelled.js';
import { shortened } from './shortened.js';
import { describeMatches } from './matches.js';

const mostCharacters = 30_000;
const mostExamples = 3;

export type ViewCall = { readonly path: string; readonly jsonPath: string | undefined; readonly isPretty: boolean };

/** The whole file, or what a path matches in it. */
export async function viewJson(workspace: Workspace, { path, jsonPath, isPretty }: ViewCall): Promise<ToolResult> {
  const compiled = jsonPath === undefined ? undefined : compileQuery(jsonPath);
  if (compiled !== undefined && 'problem' in compiled) return failure(compiled.problem);
  const opened = await openJson(workspace, path, 'read');
  if ('problem' in opened) return failure(opened.problem);
  if (compiled === undefined) return textOutput(await viewWhole(workspace, opened, isPretty));
  const described = describeMatches(opened, compiled.query, isPretty);
  return 'problem' in described ? failure(described.problem) : textOutput(described.text);
}

/** As it stands in the file, with line numbers, unless its lines are too long to read or one line is asked for. */
async function viewWhole(workspace: Workspace, opened: OpenedJson, isPretty: boolean): Promise<string> {
  const { text, lines, root } = opened.document;
  const hint = partsHint(opened);
  if (!isPretty || lines.longest > longestLine) {
    const form = isPretty ? 'lines' : 'line';
    const span = { start: root.offset, end: text.length };
    // Redacted before it is cut, so that no half of a secret is left.
    const spelled = workspace.redactor.redact(respelled(text, span, { form, most: mostCharacters }));
    const note = isPretty ? '[laid out for reading; in the file the lines are longer]\n' : '';
    const isWhole = spelled.length <= mostCharacters;
    return note + (isWhole ? spelled : `${shortened(spelled, mostCharacters)}\n[the file goes on. ${hint}]`);
  }
  const range = { from: 1, to: Infinity };
  const bytes = Buffer.from(text);
  const view = await viewLines(piecesOf(bytes), range, { size: bytes.length, redactor: workspace.redactor });
  if (view.kind !== 'lines') return text;
  const isWhole = view.totalLines === undefined || view.last >= view.totalLines;
  return isWhole ? view.text : `${view.text}\n[lines 1 to ${view.last} of ${view.totalLines}. ${hint}]`;
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Paths of some parts of a file that is too long to be shown. */
function partsHint({ document: { root } }: OpenedJson): string {
  const children = (root.children ?? []).slice(0, mostExamples);
  const paths = children.map((child, index) => pathOf([child.type === 'property' ? keyOf(child) : index]));
  return `json_path shows a part, such as ${paths.join(', ')}`;
}
