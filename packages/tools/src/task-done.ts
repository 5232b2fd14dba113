import { defineTool, type Tool } from '@trae-cli/protocol';
import { z } from 'zod';

export const taskDone: Tool = defineTool({
  name: 'task_done',
  description:
    'Report that the task is done. Call it only when the work is finished and verified. It ends the run: calls after it in the same turn are not run.',
  effect: 'finish',
  input: z.object({
    summary: z.string().optional().describe('What was done and how it was verified, in a few sentences.'),
  }),
  run: async ({ summary }) => ({ kind: 'completion', summary: summary ?? '' }),
});
