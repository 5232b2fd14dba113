import { join } from 'node:path';
import { buildInstructions } from '@trae-cli/agent';
import { createRedactor } from '@trae-cli/protocol';
import { builtinTools, openLocalWorkspace } from '@trae-cli/tools';
import type { Patient } from './patient.js';

/** Of prose and JSON; more than most tokenizers need, so that what does not fit by this does not fit. */
const charactersPerToken = 4;

/** The specs need a workspace to be made for; nothing is started in it. */
async function specsOf({ host: { clock, temporaryDirectory } }: Patient): Promise<string> {
  await using workspace = await openLocalWorkspace({
    root: temporaryDirectory,
    allowedPaths: [],
    outputDirectory: join(temporaryDirectory, 'trae-cli-tools'),
    environment: {},
    redactor: createRedactor([]),
    clock,
  });
  return JSON.stringify(builtinTools(workspace).map(({ spec }) => spec));
}

/** What every request of a run has at least, in tokens: the instructions, in the barest workspace, and the tools. */
export async function leastPromptTokens(patient: Patient): Promise<number> {
  const { ground, host } = patient;
  const instructions = buildInstructions({
    workingDirectory: ground.directory.root,
    platform: host.platform,
    shell: 'bash',
    date: host.today().toISOString().slice(0, 10),
    tree: [],
    git: null,
    programs: [],
    testCommands: [],
    userInstructions: [],
    projectInstructions: [],
  });
  return Math.ceil((instructions.length + (await specsOf(patient)).length) / charactersPerToken);
}
