import { addRunOptions, type RunFlags } from '../../flags/flags.js';
import type { Declaration } from './declaration.js';

const notes = `
Commands run with your rights in the workspace. The edit tools stay inside it
and --allow-path; the shell does not: run what you do not trust in a container.

Exit status: 0 completed, 1 ended without completing, 2 usage or configuration,
3 credentials, 4 provider, 70 a bug, 130 interrupted, 143 terminated.`;

export const addRun: Declaration = (program, host, status) => {
  const run = program
    .command('run')
    .summary('Run a task and leave.')
    .description('Run a task: the agent reads, edits and runs commands in the workspace until the task is done.')
    .argument('[task]', 'what to do; `-` reads it from standard input')
    .addHelpText('after', notes);
  addRunOptions(run).action(async (task: string | undefined, flags: RunFlags) => {
    const { runCommand } = await import('../run.js');
    status.exit = await runCommand({ task, flags }, host);
  });
};
