import { expect, test } from 'vitest';
import { replay } from './replay.js';
import { tapes } from './tape.js';

test('whatever services have said when they were recorded is still understood', async () => {
  for (const tape of await tapes()) {
    const title = `${tape.provider}, ${tape.check}, recorded on ${tape.recordedOn}`;
    await expect(replay(tape), title).resolves.toBeUndefined();
  }
});
