import { TraeError } from '@trae-cli/protocol';

/** A task is words, not a data set. */
const mostBytes = 4 * 1024 * 1024;

const unfit = (message: string): TraeError =>
  new TraeError('usage', message, { hint: 'Give a short task that names the file instead: the agent can read it.' });

/** Reads a part of the task to its end. Throws a usage error about `name` where it is too long or no text. */
export async function readTaskText(source: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > mostBytes) throw unfit(`${name} has more than 4 MiB, which is the most a task may have.`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.includes(0)) throw unfit(`${name} is not text.`);
  return new TextDecoder().decode(bytes);
}
