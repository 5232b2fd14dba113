import { buildInstructions } from '@trae-cli/agent';
import { lookAtTools } from '../configuration/bare-tools.js';
import type { Patient } from './patient.js';

/** Of prose and JSON; more than most tokenizers need, so that what does not fit by this does not fit. */
const charactersPerToken = 4;

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
  return Math.ceil(
    (instructions.length + (await lookAtTools(host, (tools) => JSON.stringify(tools.map(({ spec }) => spec)))).length) /
      charactersPerToken,
  );
}
