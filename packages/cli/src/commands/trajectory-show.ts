import { readTrajectory, renderTrajectory } from '@trae-cli/trajectory';
import type { Host } from '../host/host.js';
import { paintFor } from '../output/paint.js';

/** `trae-cli trajectory show FILE`: a recorded run, to be read. */
export async function trajectoryShowCommand(file: string, host: Host): Promise<number> {
  const records = readTrajectory(host.resolvePath(file));
  for await (const text of renderTrajectory(records, paintFor(host.stdout, host.environment))) host.stdout.write(text);
  return 0;
}
