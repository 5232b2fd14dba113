import { showTrajectory } from '@trae-cli/trajectory';
import type { Host } from '../host/host.js';
import { paintFor } from '../output/paint.js';

/** `trae-cli trajectory show FILE`: a recorded run, to be read; a journal, or a document of the original. */
export async function trajectoryShowCommand(file: string, host: Host): Promise<number> {
  const texts = showTrajectory(host.resolvePath(file), paintFor(host.stdout, host.environment));
  for await (const text of texts) host.stdout.write(text);
  return 0;
}
