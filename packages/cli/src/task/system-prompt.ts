import { createReadStream } from 'node:fs';
import { reasonOf, TraeError } from '@trae-cli/protocol';
import type { RunFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import { readTaskText } from './task-text.js';

export type SystemPrompt = {
  /** In place of the built-in method. */
  readonly systemPrompt?: string;
  /** After it. */
  readonly appended?: string;
};

/** What the flags change about the system prompt. Throws where the file cannot be read. */
export async function readSystemPrompt(
  { appendSystemPrompt: appended, systemPromptFile: path }: RunFlags,
  host: Pick<Host, 'resolvePath'>,
): Promise<SystemPrompt> {
  const added = appended === undefined ? {} : { appended };
  if (path === undefined) return added;
  const name = `The system prompt ${path}`;
  const hint = 'Name a readable text file with --system-prompt-file.';
  try {
    const systemPrompt = await readTaskText(createReadStream(host.resolvePath(path)), name, hint);
    if (systemPrompt.trim() === '') throw new TraeError('usage', `${name} is empty.`, { hint });
    return { ...added, systemPrompt };
  } catch (error) {
    if (error instanceof TraeError) throw error;
    throw new TraeError('usage', `${name} cannot be read: ${reasonOf(error)}.`, { hint, cause: error });
  }
}
