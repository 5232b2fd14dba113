/** What every run's tools are called, in the order in which they are offered. */
export const toolNames = [
  'bash',
  'str_replace_based_edit_tool',
  'json_edit_tool',
  'sequentialthinking',
  'task_done',
] as const;

export type ToolName = (typeof toolNames)[number];
