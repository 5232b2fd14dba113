import { type LLMProvider, TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';

/** The provider whose model is the path of a recorded run: it gives the recorded answers, and no others. */
export const replayProvider = (root: string, host: Host): LLMProvider => ({
  id: 'replay',
  // A record is read when its model is asked for.
  warm: () => undefined,
  async model(path) {
    const { openReplayModel } = await import('./replay-model.js');
    return openReplayModel(host.resolvePath(path), { root, temporaryDirectory: host.temporaryDirectory });
  },
  // A record needs no key.
  checkKey: () => Promise.resolve(),
  async listModels() {
    throw new TraeError('usage', 'Recorded runs are not listed.', {
      hint: 'Name the path of a recorded run with --model.',
    });
  },
});
