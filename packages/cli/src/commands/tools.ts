import { join } from 'node:path';
import { createRedactor, type ToolSpec } from '@trae-cli/protocol';
import { builtinTools, openLocalWorkspace } from '@trae-cli/tools';
import type { Host } from '../host/host.js';
import { paintFor } from '../output/paint.js';

/** The specs need a workspace to be made for; nothing is started in it. */
async function builtinSpecs({ temporaryDirectory, clock }: Host): Promise<readonly ToolSpec[]> {
  await using workspace = await openLocalWorkspace({
    root: temporaryDirectory,
    allowedPaths: [],
    outputDirectory: join(temporaryDirectory, 'trae-cli-tools'),
    environment: {},
    redactor: createRedactor([]),
    clock,
  });
  return builtinTools(workspace).map((tool) => tool.spec);
}

/** `trae-cli tools`: what the model is given, in the words it reads. */
export async function toolsCommand(flags: { readonly json?: boolean }, host: Host): Promise<number> {
  const specs = await builtinSpecs(host);
  if (flags.json === true) {
    host.stdout.write(`${JSON.stringify(specs, null, 2)}\n`);
    return 0;
  }
  const paint = paintFor(host.stdout, host.environment);
  for (const { name, description } of specs) {
    const body = description.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
    host.stdout.write(`${paint.strong(name)}\n${body.join('\n')}\n\n`);
  }
  return 0;
}
