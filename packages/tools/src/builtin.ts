import type { Tool } from '@trae-cli/protocol';
import { bashTool } from './bash.js';
import { editTool } from './edit.js';
import { jsonEditTool } from './json-edit.js';
import { sequentialThinkingTool } from './sequential-thinking.js';
import { taskDone } from './task-done.js';
import type { Workspace } from './workspace.js';

/** The tools of one run, with a state of their own. */
export const builtinTools = (workspace: Workspace): readonly Tool[] => [
  bashTool(workspace),
  editTool(workspace),
  jsonEditTool(workspace),
  sequentialThinkingTool(),
  taskDone,
];
