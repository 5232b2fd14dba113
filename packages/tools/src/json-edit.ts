import { defineTool, failure, type JsonValue, type Tool, type ToolResult } from '@trae-cli/protocol';
import { z } from 'zod';
import { redactedAnswer } from './redacted-answer.js';
import type { Workspace } from './workspace.js';

const description = `View and edit JSON files (comments allowed) by JSONPath (RFC 9535). Only what is named changes; comments and layout stay.
view: the file, or what json_path matches, with lines.
set: replaces every match; makes the last key where its object exists.
add: a new key, or an item: [2] inserts before item 2, [-1] before the last, [length] appends.
remove: every match.`;

/** Vendors want one type for every parameter or alternative, and some can send only these; other values are taken too. */
const anyValue = z.unknown().meta({
  description: 'set, add: any JSON value.',
  anyOf: [
    { type: 'string', description: 'One that holds a JSON object, array or quoted string is read as that.' },
    { type: 'number' },
    { type: 'boolean' },
  ],
});

const input = z.strictObject({
  operation: z.enum(['view', 'set', 'add', 'remove']),
  file_path: z.string().min(1),
  json_path: z.string().optional().describe("Such as $.users[0].name, $..id, $['a.b']."),
  value: anyValue.optional(),
  pretty_print: z.boolean().optional().describe('false: values on one line.'),
});

type Input = z.output<typeof input>;

export function jsonEditTool(workspace: Workspace): Tool {
  return defineTool({
    name: 'json_edit_tool',
    description,
    effect: ({ operation }) => (operation === 'view' ? 'read' : 'write'),
    strongestEffect: 'write',
    input,
    run: (call) => redactedAnswer(workspace.redactor, call.operation, () => run(workspace, call)),
  });
}

/** What reads JSON is loaded when it is first needed. */
async function run(workspace: Workspace, call: Input): Promise<ToolResult> {
  const { operation, file_path: path, json_path: jsonPath, pretty_print: isPretty = true } = call;
  if (operation === 'view') {
    const { viewJson } = await import('./json/view/view-json.js');
    return viewJson(workspace, { path, jsonPath: jsonPath === '' ? undefined : jsonPath, isPretty });
  }
  if (jsonPath === undefined)
    return failure(`${operation} needs json_path: where in the file, such as $.scripts.test.`);
  const { changeJson } = await import('./json/change/change-json.js');
  if (operation === 'remove') return changeJson(workspace, { path, jsonPath }, { operation });
  if (call.value === undefined) return failure(`${operation} needs value: any JSON value, null included.`);
  const { readGivenValue } = await import('./json/change/given-value.js');
  const value = readGivenValue(call.value as JsonValue);
  return changeJson(workspace, { path, jsonPath }, { operation, value, isPretty });
}
