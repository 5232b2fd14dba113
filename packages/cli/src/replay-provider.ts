import { type LLMProvider, TraeError } from '@trae-cli/protocol';
import { readTrajectory, replayModel } from '@trae-cli/trajectory';
import type { Host } from './host.js';

/** The provider whose model is the path of a recorded run: it gives the recorded answers, and no others. */
export const replayProvider = (root: string, host: Host): LLMProvider => ({
  id: 'replay',
  model: (path) =>
    replayModel(readTrajectory(host.resolvePath(path)), {
      root,
      temporaryDirectory: host.temporaryDirectory,
    }),
  async listModels() {
    throw new TraeError('usage', 'Recorded runs are not listed.', {
      hint: 'Name the path of a recorded run with --model.',
    });
  },
});
