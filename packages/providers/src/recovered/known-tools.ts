import type { ToolSpec } from '@trae-cli/protocol';

/** What leaks into names from the templates of models: special tokens, a namespace, the number of the call. */
const stray = /<[|｜][^>]*[|｜]?>|^functions\.|:\d+$/g;

const bare = (name: string): string => name.trim().replaceAll(stray, '').trim().toLowerCase();

/** The tools of a request, found by what a model writes for their names. */
export class KnownTools {
  readonly specs: readonly ToolSpec[];
  readonly #byName: ReadonlyMap<string, ToolSpec>;

  constructor(specs: readonly ToolSpec[]) {
    this.specs = specs;
    this.#byName = new Map(specs.map((spec) => [spec.name, spec]));
  }

  /** The tool of that name; failing that, the only one whose name differs by case or stray tokens. */
  find(name: string): ToolSpec | undefined {
    const exact = this.#byName.get(name.trim());
    if (exact !== undefined) return exact;
    const alike = this.specs.filter((spec) => bare(spec.name) === bare(name));
    return alike.length === 1 ? alike[0] : undefined;
  }
}
