import { openTrajectory } from '../open-trajectory.js';
import { documentLines } from './document-page.js';
import { renderTrajectory } from './render.js';
import type { TrajectoryStyle } from './style.js';

/**
 * A recorded run as a person reads it, from a journal or from a document of the original: each text is one or more whole
 * lines. A file that ends too soon is shown as far as it goes; one that is no trajectory is a `usage` error.
 */
export async function* showTrajectory(path: string, style: TrajectoryStyle): AsyncGenerator<string, void> {
  const opened = await openTrajectory(path);
  if (opened.kind === 'journal') {
    yield* renderTrajectory(opened.records, style);
    return;
  }
  for (const lines of documentLines(opened, style)) yield `${lines.join('\n')}\n`;
}
