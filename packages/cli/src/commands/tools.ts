import type { ToolSpec } from '@trae-cli/protocol';
import { selectTools } from '@trae-cli/tools';
import { lookAtTools } from '../configuration/bare-tools.js';
import { openConfiguration } from '../configuration/open-configuration.js';
import { chosenTools, missingTools, type ToolChoice } from '../configuration/tool-choice.js';
import type { ToolsFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import { existingDirectory } from '../host/working-directory.js';
import { noteLine } from '../output/note.js';
import { type Paint, paintFor } from '../output/paint.js';

type Listed = { readonly spec: ToolSpec; readonly isGiven: boolean };

const listTools = (choice: ToolChoice, host: Host): Promise<readonly Listed[]> =>
  lookAtTools(host, (all) => {
    const given = new Set(selectTools(all, choice).map(({ spec }) => spec.name));
    return all.map(({ spec }) => ({ spec, isGiven: given.has(spec.name) }));
  });

function describe({ spec, isGiven }: Listed, paint: Paint): string {
  if (!isGiven) return `${paint.faint(`${spec.name} (left out by the configuration or a flag)`)}\n\n`;
  const body = spec.description.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
  return `${paint.strong(spec.name)}\n${body.join('\n')}\n\n`;
}

/** `trae-cli tools`: what the model is given, in the words it reads. */
export async function toolsCommand(flags: ToolsFlags, host: Host): Promise<number> {
  const { root } = await existingDirectory(flags.workingDir ?? '.', host, '--working-dir');
  const config = await openConfiguration(flags, root, host);
  const tools = await listTools(chosenTools(flags, config), host);
  const notes = paintFor(host.stderr, host.environment);
  for (const name of missingTools(config)) host.stderr.write(`${noteLine(`${name} is not built yet.`, notes)}\n`);
  if (flags.json === true) {
    const given = tools.flatMap(({ spec, isGiven }) => (isGiven ? [spec] : []));
    host.stdout.write(`${JSON.stringify(given, null, 2)}\n`);
    return 0;
  }
  const paint = paintFor(host.stdout, host.environment);
  for (const tool of tools) host.stdout.write(describe(tool, paint));
  return 0;
}
