import { defineTool, failure, textOutput, type Tool, type ToolContext, type ToolResult } from '@trae-cli/protocol';
import { z } from 'zod';
import type { ShellResult, Workspace } from './workspace.js';

const defaultTimeoutSeconds = 120;
const longestTimeoutSeconds = 3600;
/** Quicker commands say nothing about their duration. */
const notableDurationMs = 5000;

const description = `Run a command line in a persistent bash shell: directory, variables and functions stay from call to call.
Standard input is empty. Standard output and error come back together, with the exit code; of more than about 30,000 characters the beginning and the end, with the path of a file that holds everything.
A command is killed after ${defaultTimeoutSeconds} seconds, or after \`timeout\`. Processes started with & live on, and what they print later comes with the next call.`;

const input = z.object({
  command: z.string().optional().describe('The command line; it may have several lines.'),
  timeout: z
    .number()
    .positive()
    .max(longestTimeoutSeconds)
    .optional()
    .describe(`Seconds until the command is killed; ${defaultTimeoutSeconds} unless given.`),
  restart: z
    .boolean()
    .optional()
    .describe('Begin with a fresh shell in the workspace root, before the command if any.'),
});

export function bashTool(workspace: Workspace): Tool {
  return defineTool({
    name: 'bash',
    description,
    effect: 'execute',
    input,
    run: (call, context) => run(workspace, call, context),
  });
}

async function run(workspace: Workspace, call: z.output<typeof input>, context: ToolContext): Promise<ToolResult> {
  const { command = '', restart = false, timeout = defaultTimeoutSeconds } = call;
  if (command.includes('\0'))
    return failure('command contains a NUL character, which no shell can take. Leave it out.');
  if (restart) await workspace.shell.restart();
  if (command.trim() === '') {
    if (restart) return textOutput(`[a fresh shell, in ${workspace.root}]`);
    return failure('command is missing. Give the command line to run, or restart: true for a fresh shell.');
  }
  const result = await workspace.shell.run(command, {
    signal: context.signal,
    timeoutMs: timeout * 1000,
    onOutput: (text) => context.report(text),
  });
  return answer(result, timeout);
}

function answer(result: ShellResult, timeoutSeconds: number): ToolResult {
  const { exitCode, durationMs, outputFile } = result;
  const details = {
    exitCode,
    durationMs: Math.round(durationMs),
    ...(outputFile === undefined ? {} : { outputFile }),
    ...(result.end === 'exited' ? {} : { end: result.end }),
  };
  const text = paragraphs([
    result.lateOutput === '' ? '' : `[from background processes, since the last command]\n${result.lateOutput}`,
    result.lateOutput === '' || result.output === '' ? result.output : `[from this command]\n${result.output}`,
    ...result.notes.map((note) => `[${note}]`),
    `[${ending(result, timeoutSeconds)}]`,
  ]);
  return result.end === 'exited' ? textOutput(text, details) : failure(text, details);
}

function ending({ end, exitCode, durationMs }: ShellResult, timeoutSeconds: number): string {
  switch (end) {
    case 'exited': {
      const duration = durationMs >= notableDurationMs ? `, after ${(durationMs / 1000).toFixed(1)} s` : '';
      return `exit code ${exitCode}${duration}`;
    }
    case 'timed_out':
      return `timed out after ${timeoutSeconds} s and was killed. Give a longer timeout, or run it in the background with & and its output in a file.`;
    case 'cancelled':
      return 'cancelled: the command was killed';
    case 'not_started':
      return 'the shell could not be started, so the command was not run';
    default:
      return end satisfies never;
  }
}

const paragraphs = (texts: readonly string[]): string =>
  texts
    .map((text, index) => (text === '' || index === texts.length - 1 || text.endsWith('\n') ? text : `${text}\n`))
    .join('');
