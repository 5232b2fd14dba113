import { type Command, Option } from 'commander';
import { textOption } from '../../flags/flag-values.js';
import type { ExportFlags } from '../trajectory-export.js';
import type { Declaration } from './declaration.js';

const exportNotes = `
A run that was killed is exported as far as it was recorded, and a note on
standard error says that it did not end. Several runs in one journal become one
document, with the first task and the last result, as -t FILE.json writes it.`;

function addExportOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', "the document to make: trae-json, the original's")
        .choices(['trae-json'])
        .default('trae-json'),
    )
    .addOption(
      textOption(
        '-o, --output <file>',
        'write it there, where only another trajectory is replaced (default: standard output)',
      ),
    )
    .addHelpText('after', exportNotes);
}

export const addTrajectory: Declaration = (program, host, status) => {
  const trajectory = program.command('trajectory').description('Work with recorded runs.');
  trajectory
    .command('show')
    .description('Print a recorded run readably.')
    .argument('<file>', "a journal (.jsonl), or the original's document (.json)")
    .action(async (file: string) => {
      const { trajectoryShowCommand } = await import('../trajectory-show.js');
      status.exit = await trajectoryShowCommand(file, host);
    });
  const exporting = trajectory
    .command('export')
    .summary("Make the original's document from a journal.")
    .description("Make the original Trae Agent's document from a journal, however the run ended.")
    .argument('<file>', 'a journal (.jsonl)');
  addExportOptions(exporting).action(async (file: string, flags: ExportFlags) => {
    const { trajectoryExportCommand } = await import('../trajectory-export.js');
    status.exit = await trajectoryExportCommand(file, flags, host);
  });
};
