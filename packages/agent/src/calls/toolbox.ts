import { didYouMean, nearest, type Tool, type ToolEffect, type ToolSpec } from '@trae-cli/protocol';

/** What leaks into names from the templates of models: special tokens, a namespace, the number of the call. */
const strayTokens = /<[|｜][^>]*[|｜]?>|^functions\.|:\d+$/g;

const bare = (name: string): string => name.replaceAll(strayTokens, '').trim().toLowerCase();

/** The tools of a run, found by what the model calls them. */
export class Toolbox {
  readonly specs: readonly ToolSpec[];
  readonly #byName = new Map<string, Tool>();

  constructor(tools: readonly Tool[]) {
    this.specs = tools.map((tool) => tool.spec);
    for (const tool of tools) this.#byName.set(tool.spec.name, tool);
  }

  /** The tool of that name; failing that, the only one whose name differs by case or stray tokens. */
  find(name: string): Tool | undefined {
    const exact = this.#byName.get(name);
    if (exact !== undefined) return exact;
    const alike = [...this.#byName.values()].filter((tool) => bare(tool.spec.name) === bare(name));
    return alike.length === 1 ? alike[0] : undefined;
  }

  /** What the call would do. A call of an unknown tool does nothing. */
  effectOf(name: string, rawArguments: string): ToolEffect {
    const tool = this.find(name);
    if (tool === undefined) return 'read';
    try {
      return tool.effectOf(rawArguments);
    } catch {
      // Whatever is wrong with the call, `invoke` answers it; until then it is taken for the worst.
      return 'execute';
    }
  }

  /** Says that there is no such tool, which ones there are, and which was probably meant. */
  unknown(name: string): string {
    const names = [...this.#byName.keys()];
    if (names.length === 0) return `There is no tool "${name}": this run has no tools. Answer in words.`;
    const question = didYouMean(nearest(bare(name), names));
    return `There is no tool "${name}".${question} The tools are: ${names.join(', ')}.`;
  }
}
