import { catalog } from '@trae-cli/providers';
import { toolNames } from '@trae-cli/tools';
import type { Command } from 'commander';
import { bashCompletion, zshCompletion } from '../completion/bash.js';
import { completionsOf } from '../completion/completions.js';
import { fishCompletion } from '../completion/fish.js';
import type { Host } from '../host/host.js';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `trae-cli completion`: made from the program itself, so that it never knows less. */
export function completionCommand(shell: keyof typeof scripts, program: Command, host: Host): number {
  const known = { providers: catalog.map(({ id }) => id), tools: toolNames };
  host.stdout.write(scripts[shell](completionsOf(program, known)));
  return 0;
}
