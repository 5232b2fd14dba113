import { defineTool, failure, textOutput, type Tool, type ToolEffect } from '@trae-cli/protocol';
import { z } from 'zod';

/** A tool without parameters that does what it is told. */
export const simpleTool = (name: string, effect: ToolEffect, run: Parameters<typeof defineTool>[0]['run']): Tool =>
  defineTool({ name, description: `The tool ${name}.`, effect, input: z.object({}), run });

export const readTool = defineTool({
  name: 'read',
  description: 'Reads.',
  effect: 'read',
  input: z.object({ path: z.string() }),
  run: async ({ path }) => textOutput(`content of ${path}`),
});

const writeTool = defineTool({
  name: 'write',
  description: 'Writes.',
  effect: 'write',
  input: z.object({ path: z.string() }),
  run: async ({ path }) => textOutput(`wrote ${path}`, { path }),
});

const failTool = simpleTool('fail', 'execute', async () => failure('It did not work.'));

const throwTool = simpleTool('throw', 'execute', async () => {
  throw new Error('the disk is on fire');
});

const doneTool = defineTool({
  name: 'task_done',
  description: 'Declares the task done.',
  effect: 'finish',
  input: z.object({ summary: z.string().optional() }),
  run: async ({ summary = '' }) => ({ kind: 'completion', summary }),
});

export const sampleTools: readonly Tool[] = [readTool, writeTool, failTool, throwTool, doneTool];
