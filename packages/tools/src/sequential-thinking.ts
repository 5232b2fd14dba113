import { defineTool, textOutput, type Tool } from '@trae-cli/protocol';
import { z } from 'zod';

const number = z.int().min(1);
/** Zero and null mean none. */
const reference = z.int().min(0).optional();

const input = z.object({
  thought: z.string(),
  next_thought_needed: z.boolean(),
  thought_number: number,
  total_thoughts: number.describe('An estimate.'),
  is_revision: z.boolean().optional(),
  revises_thought: reference,
  branch_from_thought: reference,
  branch_id: z.string().optional(),
  needs_more_thoughts: z.boolean().optional(),
});

/** Notes for the model itself: it counts them and their branches. What was thought stands in the conversation. */
export function sequentialThinkingTool(): Tool {
  let count = 0;
  const branches = new Set<string>();
  return defineTool({
    name: 'sequentialthinking',
    description:
      'Think about a hard problem step by step, one thought a call; thoughts may revise earlier ones or branch off. It changes nothing and answers with the state of the count.',
    effect: 'read',
    input,
    run: async ({ thought_number, total_thoughts, next_thought_needed, branch_from_thought = 0, branch_id = '' }) => {
      count += 1;
      if (branch_from_thought > 0 && branch_id !== '') branches.add(branch_id);
      const status = {
        thought_number,
        total_thoughts: Math.max(thought_number, total_thoughts),
        next_thought_needed,
        branches: [...branches],
        thought_history_length: count,
      };
      return textOutput(JSON.stringify(status));
    },
  });
}
