import { TraeError } from '@trae-cli/protocol';

/** These are words, not a data set. */
const mostBytes = 4 * 1024 * 1024;

const nameTheFile = 'Give a short task that names the file instead: the agent can read it.';

/** Reads what is meant for the model to its end. Throws a usage error about `name` where it is too long or no text. */
export async function readTaskText(
  source: AsyncIterable<Uint8Array>,
  name: string,
  hint: string = nameTheFile,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > mostBytes)
      throw new TraeError('usage', `${name} has more than 4 MiB, which is the most there may be.`, { hint });
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.includes(0)) throw new TraeError('usage', `${name} is not text.`, { hint });
  return new TextDecoder().decode(bytes);
}
