import { createRedactor } from '@trae-cli/protocol';
import { createTrajectory } from '../../src/index.js';
import { endlessEvents } from './endless-events.js';

/** Writes a journal until it is killed, and tells after each event how many are recorded. */
const [path = ''] = process.argv.slice(2);
const journal = await createTrajectory({ path, now: () => new Date(), redactor: createRedactor([]) });
let recorded = 0;
for (const event of endlessEvents()) {
  journal.append(event);
  recorded += 1;
  // Waits until the line has left, so that the parent can act on it at any time.
  await new Promise((resolve) => process.stdout.write(`recorded ${recorded};\n`, resolve));
}
