import { directoryPattern, isTelling } from './place-rules.js';

const jsonEscaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Where a command speaks of a thing by a name it was given: a path, or a number where a process or a port is meant. */
const candidate = new RegExp(
  [
    '(?:/[^/\\s\'"`\\\\:;,()<>|&$]+)+',
    '(?<=\\b(?:kill|wait|ps|lsof|pid|port)\\b[^;&|\\\\]{0,40})\\b\\d+\\b',
    '(?<=:)\\d{5}\\b',
  ].join('|'),
  'g',
);

/**
 * What things of the recorded run are called in this one. A recorded call names the recorded workspace, a temporary
 * file, a process: it is given their names of today.
 */
export class Names {
  readonly #workspace: { readonly pattern: RegExp | undefined; readonly root: string };
  readonly #known = new Map<string, string>();
  #longest = 0;

  constructor(roots: { readonly recorded: string; readonly now: string }) {
    const { recorded, now } = roots;
    const pattern = isTelling(recorded) ? directoryPattern(jsonEscaped(recorded)) : undefined;
    this.#workspace = { pattern, root: jsonEscaped(now) };
  }

  /** The names in two texts that are otherwise equal, in the same order. */
  learn(recorded: readonly string[], now: readonly string[]): void {
    if (recorded.length !== now.length) return;
    for (const [index, name] of recorded.entries()) {
      this.#known.set(name, now[index] ?? name);
      this.#longest = Math.max(this.#longest, name.length);
    }
  }

  /** The JSON text of a recorded call, with the names of today. */
  translate(rawArguments: string): string {
    const { pattern, root } = this.#workspace;
    const here = pattern === undefined ? rawArguments : rawArguments.replaceAll(pattern, () => root);
    return this.#known.size === 0 ? here : here.replaceAll(candidate, (text) => this.#nameOf(text));
  }

  /** The longest known beginning of a path is what is renamed. */
  #nameOf(text: string): string {
    const first = text.length <= this.#longest ? text.length : text.lastIndexOf('/', this.#longest);
    for (let end = first; end > 0; end = text.lastIndexOf('/', end - 1)) {
      const name = this.#known.get(text.slice(0, end));
      if (name !== undefined) return name + text.slice(end);
    }
    return text;
  }
}
