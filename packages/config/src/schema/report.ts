import { TraeError } from '@trae-cli/protocol';
import { describePath, describeSource, oneLine } from '../describe-source.js';
import type { ConfigDocument, ConfigPath } from '../document.js';
import type { Finding } from '../finding.js';
import { looksLikeKey } from '../secrets/secret-like.js';
import type { Source } from '../source.js';

export type FileSource = Extract<Source, { kind: 'file' }>;

/** A document in the shape that the schema describes; the one that was written may have another. */
export type CanonicalDocument = ConfigDocument & {
  /** Where what stands at a path of this document was written. */
  writtenPath(path: ConfigPath): ConfigPath;
};

const mostProblems = 10;
const mostOfAKind = 20;

/** A name as it may be shown: whoever swapped key and value has a secret for a name. */
const shownName = (name: string, limit = 60): string => (looksLikeKey(name) ? '…' : oneLine(name, limit));

/** Models have long names with dots in them; in quotes it is clear where one ends. */
function shownPart(part: string | number, index: number, path: ConfigPath): string {
  if (typeof part === 'number') return `[${part}]`;
  if (index !== 3 || path[0] !== 'model_providers' || path[2] !== 'models') return `.${shownName(part)}`;
  return /^[\w-]+$/.test(part) ? `.${shownName(part, 200)}` : `.'${shownName(part, 200)}'`;
}

/** A path in words: `model_providers.groq.model`, `model_providers.groq.models.'openai/gpt-oss-20b'.price`, `tools[2]`. */
export const describeKey = (path: ConfigPath): string => path.map(shownPart).join('').replace(/^\./, '');

const withStop = (sentence: string): string => (sentence.endsWith('?') ? sentence : `${sentence}.`);

/** Gathers what is wrong with one file, and what should be known about it. */
export class Report {
  readonly #document: CanonicalDocument;
  readonly #relativeTo: string;
  readonly #problems: string[] = [];
  readonly #findings: Finding[] = [];
  readonly #counts = new Map<Finding['kind'], number>();

  constructor(document: CanonicalDocument, relativeTo: string) {
    this.#document = document;
    this.#relativeTo = relativeTo;
  }

  /** Of each kind the first ones, and how many more there are. */
  get findings(): readonly Finding[] {
    const more = [...this.#counts].flatMap(([kind, count]): readonly Finding[] =>
      count <= mostOfAKind
        ? []
        : [{ kind, message: `${this.#fileName()} has ${count - mostOfAKind} more places of which the same is true.` }],
    );
    return [...this.#findings, ...more];
  }

  /** The key as it was written. */
  key(path: ConfigPath): string {
    return describeKey(this.#document.writtenPath(path));
  }

  source(path: ConfigPath): FileSource {
    return { kind: 'file', file: this.#document.file, line: this.#document.positionOf(path).line };
  }

  /** Such as `trae_config.json:4`. */
  place(path: ConfigPath): string {
    return describeSource(this.source(path), { relativeTo: this.#relativeTo });
  }

  /** A sentence without its full stop, or a question, for the error that `throwProblems` throws. */
  problem(sentence: string): void {
    this.#problems.push(sentence);
  }

  /** `what` follows the key and its place, without a full stop unless it is a question. */
  find(kind: Finding['kind'], path: ConfigPath, what: () => string): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count > mostOfAKind) return;
    const key = this.key(path);
    const message = withStop(`"${key}" (${this.place(path)}) ${what()}`);
    this.#findings.push({ kind, message, key, source: this.source(path) });
  }

  get hasProblems(): boolean {
    return this.#problems.length > 0;
  }

  throwProblems(): void {
    const [first, ...others] = this.#problems;
    if (first === undefined) return;
    const shown = this.#problems.slice(0, mostProblems).map((problem) => `  ${problem}`);
    const more = this.#problems.length - shown.length;
    const message =
      others.length === 0
        ? withStop(first)
        : [
            `${this.#fileName()} has ${this.#problems.length} mistakes:`,
            ...shown,
            ...(more > 0 ? [`  and ${more} more`] : []),
          ].join('\n');
    throw new TraeError('config_invalid', message, {
      hint: `Correct ${others.length === 0 ? 'it' : 'them'} there; docs/configuration.md tells every key and what it takes.`,
    });
  }

  #fileName(): string {
    return describePath(this.#document.file.path, { relativeTo: this.#relativeTo });
  }
}
