import { failure, type JsonValue, type ToolResult } from '@trae-cli/protocol';
import { refuseForeignMark, saveEditable } from '../../edit/editable-file.js';
import type { Workspace } from '../../workspace.js';
import { describeEdits } from './edit-answer.js';
import { inexactNumberIn } from './given-value.js';
import { type OpenedJson, openJson, type Problem } from '../opened.js';
import type { Plan } from './find-places.js';
import { planAdd } from './plan-add.js';
import { planRemove } from './plan-remove.js';
import { planSet } from './plan-set.js';
import { compileQuery } from '../query.js';
import { applyTextEdits } from './text-edit.js';

export type JsonChange =
  | { readonly operation: 'set' | 'add'; readonly value: JsonValue; readonly isPretty: boolean }
  | { readonly operation: 'remove' };

/** Changes a file where a path says, and nothing else in it. */
export async function changeJson(
  workspace: Workspace,
  { path, jsonPath }: { readonly path: string; readonly jsonPath: string },
  change: JsonChange,
): Promise<ToolResult> {
  const compiled = compileQuery(jsonPath);
  if ('problem' in compiled) return failure(compiled.problem);
  const opened = await openJson(workspace, path, 'write');
  if ('problem' in opened) return failure(opened.problem);
  const refusal = refuse(opened, jsonPath, change);
  if (refusal !== undefined) return failure(refusal);
  const plan = planFor(opened, compiled.query, change);
  if ('problem' in plan) return failure(plan.problem);
  const edited = applyTextEdits(opened.document.text, plan.edits);
  const { editable } = opened;
  const { redactor } = workspace;
  return saveEditable(workspace, editable, edited.text, () =>
    describeEdits(editable.name, edited, plan.count, redactor),
  );
}

type Query = Parameters<typeof planSet>[1];

function planFor(opened: OpenedJson, query: Query, change: JsonChange): Plan | Problem {
  switch (change.operation) {
    case 'set':
      return planSet(opened, query, change);
    case 'add':
      return planAdd(opened, query, change);
    case 'remove':
      return planRemove(opened, query);
    default:
      return change satisfies never;
  }
}

/** Why what was given must not be written. */
function refuse({ editable: { file } }: OpenedJson, jsonPath: string, change: JsonChange): string | undefined {
  if (change.operation === 'remove') return undefined;
  const number = inexactNumberIn(change.value);
  if (number !== undefined) {
    return `value has the number ${number}, which is too large to arrive here with all its digits. Write it with another tool.`;
  }
  return (
    refuseForeignMark('value', JSON.stringify(change.value), file.text) ??
    refuseForeignMark('json_path', jsonPath, file.text)
  );
}
