import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import ignore, { type Ignore } from 'ignore';

type Layer = { readonly directory: string; readonly rules: Ignore };

const alwaysLeftOut: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** What git would ignore: the `.gitignore` files from the repository's root down to a directory. */
export class IgnoreRules {
  readonly #layers: readonly Layer[];

  private constructor(layers: readonly Layer[]) {
    this.#layers = layers;
  }

  /** The rules that hold in a directory. One that is itself ignored is looked at with its own rules only. */
  static async of(directory: string): Promise<IgnoreRules> {
    let rules = new IgnoreRules([]);
    for (const each of chainTo(directory)) {
      rules = rules.leavesOut(each, 'directory') ? new IgnoreRules([]) : rules;
      rules = await rules.with(each);
    }
    return rules;
  }

  /** These rules, and those of one more directory. */
  async with(directory: string): Promise<IgnoreRules> {
    const text = await readFile(join(directory, '.gitignore'), 'utf8').catch(() => '');
    if (text.trim() === '') return this;
    return new IgnoreRules([...this.#layers, { directory, rules: ignore().add(text) }]);
  }

  leavesOut(path: string, kind: 'file' | 'directory' | 'link'): boolean {
    if (alwaysLeftOut.has(path.slice(path.lastIndexOf('/') + 1))) return true;
    let ignored = false;
    for (const { directory, rules } of this.#layers) {
      const way = relative(directory, path);
      if (way === '') continue;
      const verdict = rules.test(kind === 'directory' ? `${way}/` : way);
      if (verdict.ignored) ignored = true;
      else if (verdict.unignored) ignored = false;
    }
    return ignored;
  }
}

/** The directories from the root of the repository down; the directory alone where there is no repository. */
function chainTo(directory: string): readonly string[] {
  const chain = [directory];
  for (let each = directory; ; each = dirname(each)) {
    if (each !== directory) chain.unshift(each);
    if (existsSync(join(each, '.git'))) return chain;
    if (each === dirname(each)) return [directory];
  }
}
