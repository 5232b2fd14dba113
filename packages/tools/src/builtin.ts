import type { Tool } from '@trae-cli/protocol';
import { bashTool } from './bash.js';
import { editTool } from './edit.js';
import { taskDone } from './task-done.js';
import type { Workspace } from './workspace.js';

/** The tools every run has. */
export const builtinTools = (workspace: Workspace): readonly Tool[] => [
  bashTool(workspace),
  editTool(workspace),
  taskDone,
];
