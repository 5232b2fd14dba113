import type { Tool } from '@trae-cli/protocol';
import type { ToolName } from './tool-names.js';

/** Names of tools. Without `allowed` all are. */
export type ToolSelection = {
  readonly allowed?: readonly string[] | undefined;
  readonly disallowed?: readonly string[] | undefined;
};

/** It is how a run ends. */
const indispensable: ToolName = 'task_done';

/** The tools that are allowed and not disallowed, in their order; the one that ends the run always stays. */
export const selectTools = (tools: readonly Tool[], { allowed, disallowed = [] }: ToolSelection): readonly Tool[] =>
  tools.filter(
    ({ spec: { name } }) =>
      name === indispensable || ((allowed === undefined || allowed.includes(name)) && !disallowed.includes(name)),
  );
