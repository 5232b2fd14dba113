import { LineSplitter } from './lines.js';
import type { ServerEvent } from './server-events.js';

const asEvents = (lines: readonly string[]): readonly ServerEvent[] =>
  lines.filter((line) => line.trim() !== '').map((data) => ({ event: '', data }));

/** One JSON value on each line, as events without a name. The last one counts without a line end, too. */
export class LineReader {
  readonly #lines = new LineSplitter();

  push(piece: string): readonly ServerEvent[] {
    return asEvents(this.#lines.push(piece));
  }

  end(): readonly ServerEvent[] {
    return asEvents([this.#lines.end()]);
  }
}
