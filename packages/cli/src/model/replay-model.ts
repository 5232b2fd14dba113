import type { Model } from '@trae-cli/protocol';
import { readTrajectory, replayModel, type ReplayPlaces } from '@trae-cli/trajectory';

/** The model that gives the answers of a recorded run. */
export const openReplayModel = async (path: string, places: ReplayPlaces): Promise<Model> =>
  replayModel(readTrajectory(path), places);
