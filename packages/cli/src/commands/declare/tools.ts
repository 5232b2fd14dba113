import { addToolsOptions, type ToolsFlags } from '../../flags/flags.js';
import type { Declaration } from './declaration.js';

export const addTools: Declaration = (program, host, status) => {
  const tools = program.command('tools').description('List the tools the model is given.');
  addToolsOptions(tools).action(async (flags: ToolsFlags) => {
    const { toolsCommand } = await import('../tools.js');
    status.exit = await toolsCommand(flags, host);
  });
};
