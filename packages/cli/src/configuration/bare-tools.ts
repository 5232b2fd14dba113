import { join } from 'node:path';
import { createRedactor, type Tool } from '@trae-cli/protocol';
import { builtinTools, openLocalWorkspace } from '@trae-cli/tools';
import type { Host } from '../host/host.js';

/** The built-in tools, to be looked at: they need a workspace to be made for, and nothing is started in it. */
export async function lookAtTools<Seen>(
  { clock, temporaryDirectory }: Pick<Host, 'clock' | 'temporaryDirectory'>,
  look: (tools: readonly Tool[]) => Seen,
): Promise<Seen> {
  await using workspace = await openLocalWorkspace({
    root: temporaryDirectory,
    allowedPaths: [],
    outputDirectory: join(temporaryDirectory, 'trae-cli-tools'),
    environment: {},
    redactor: createRedactor([]),
    clock,
  });
  return look(builtinTools(workspace));
}
