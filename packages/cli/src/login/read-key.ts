import { TraeError } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';
import { askSecret } from '../prompt/ask-line.js';
import type { Asking, Person } from '../prompt/person.js';

/** More than any key, and little enough to be held. */
const mostBytes = 64 * 1024;

async function pipedText({ host, signal }: Asking): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of host.readStdin(signal)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostBytes)
      throw new TraeError('usage', 'Standard input has more on it than a key.', { hint: 'Pipe in the key alone.' });
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The key as it was given, and where: on standard input with `--stdin`, else by somebody at the terminal. */
export async function readKeyText(
  asking: Asking,
  { displayName, keyUrl }: CatalogEntry,
  person: Person | undefined,
): Promise<{ readonly text: string; readonly origin: string }> {
  if (person === undefined) return { text: await pipedText(asking), origin: 'standard input' };
  if (keyUrl !== undefined) person.write(`${person.paint.faint(`Keys are made at ${keyUrl}`)}\n`);
  const text = await askSecret(person, `Your key for ${displayName} (what you type or paste is not shown):`);
  return { text, origin: 'the terminal' };
}
