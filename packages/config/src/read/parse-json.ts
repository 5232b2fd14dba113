import { type JSONVisitor, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import type { TraeError } from '@trae-cli/protocol';
import { duplicateKey } from './duplicate-key.js';
import { deepestValue, type Placed, type PlacedValue, tooDeep } from './placed-value.js';
import type { SourceText } from './source-text.js';

export type JsonRules = {
  /** The one key of the top level that is looked at; what stands beside it is somebody else's. */
  readonly only?: string;
  /** Comments, and a comma after the last item. */
  readonly isLenient: boolean;
};

const faults: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is not JSON; keys and texts stand in double quotes',
  InvalidNumberFormat: 'this is not how JSON writes a number',
  PropertyNameExpected: 'a key in double quotes is missing here',
  ValueExpected: 'a value is missing here',
  ColonExpected: 'a colon is missing before this',
  CommaExpected: 'a comma is missing before this',
  CloseBraceExpected: 'a closing brace is missing before this',
  CloseBracketExpected: 'a closing bracket is missing before this',
  EndOfFileExpected: 'the configuration has ended before this, and nothing may follow',
  InvalidCommentToken: 'there are no comments in this kind of file',
  UnexpectedEndOfComment: 'this comment is never closed',
  UnexpectedEndOfString: 'this text is not closed by a double quote before its line ends',
  UnexpectedEndOfNumber: 'this number is not complete',
  InvalidUnicode: 'after \\u there have to be four hexadecimal digits; a backslash itself is written \\\\',
  InvalidEscapeCharacter: 'JSON has no such escape; a backslash itself is written \\\\',
  InvalidCharacter: 'this text holds a control character; a tab is written \\t, the end of a line \\n',
};

/** Told after the end of the object or list, which is then missing. */
const endsUnclosed: ReadonlySet<string> = new Set(['CloseBraceExpected', 'CloseBracketExpected']);

type Container = {
  readonly offset: number;
  readonly value:
    | { readonly kind: 'object'; readonly entries: Map<string, Placed> }
    | { readonly kind: 'list'; readonly items: Placed[] };
  /** The key whose value comes next. */
  key: { readonly name: string; readonly offset: number } | undefined;
};

/** Builds the values while the text is visited, and stops at the first thing that is wrong. */
class JsonTree {
  root: Placed | undefined;
  readonly #source: SourceText;
  readonly #rules: JsonRules;
  readonly #open: Container[] = [];
  #ended: Container | undefined;

  constructor(source: SourceText, rules: JsonRules) {
    this.#source = source;
    this.#rules = rules;
  }

  visitor(): JSONVisitor {
    return {
      onObjectBegin: (offset) => this.#begin({ offset, value: { kind: 'object', entries: new Map() }, key: undefined }),
      onArrayBegin: (offset) => this.#begin({ offset, value: { kind: 'list', items: [] }, key: undefined }),
      onObjectEnd: () => this.#end(),
      onArrayEnd: () => this.#end(),
      onObjectProperty: (name, offset) => this.#name(name, offset),
      onLiteralValue: (value: null | boolean | number | string, offset) => this.#leaf(value, offset),
      onError: (code, offset) => {
        throw this.#fault(code, offset);
      },
    };
  }

  #begin(container: Container): void {
    if (this.#open.length === deepestValue) throw this.#source.fault(container.offset, tooDeep);
    this.#place(container.value, container.offset);
    this.#open.push(container);
  }

  #end(): void {
    this.#ended = this.#open.pop();
  }

  #name(name: string, offset: number): void {
    const container = this.#open.at(-1);
    if (container?.value.kind !== 'object') return;
    const before = container.value.entries.get(name);
    if (before !== undefined && this.#isLookedAt(name)) throw duplicateKey(this.#source, name, [before.offset, offset]);
    container.key = { name, offset };
  }

  #isLookedAt(name: string): boolean {
    const top = this.#open.length === 1 ? name : this.#open[0]?.key?.name;
    return this.#rules.only === undefined || this.#rules.only === top;
  }

  #leaf(value: null | boolean | number | string, offset: number): void {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw this.#source.fault(offset, 'this number is too large');
    this.#place({ kind: 'leaf', value }, offset);
  }

  #place(value: PlacedValue, offset: number): void {
    const container = this.#open.at(-1);
    if (container === undefined) this.root = { offset, value };
    else if (container.value.kind === 'list') container.value.items.push({ offset, value });
    else if (container.key !== undefined)
      container.value.entries.set(container.key.name, { offset: container.key.offset, value });
  }

  #fault(code: ParseErrorCode, offset: number): TraeError {
    const word = printParseErrorCode(code);
    const unclosed = endsUnclosed.has(word) ? this.#ended : this.#open.at(-1);
    if (unclosed === undefined || this.#source.text.slice(offset).trim() !== '') {
      return this.#source.fault(offset, faults[word] ?? 'this is not JSON');
    }
    const bracket = this.#source.text.charAt(unclosed.offset);
    const line = this.#source.lineAt(unclosed.offset);
    return this.#source.fault(offset, `the file ends, and the ${bracket} of line ${line} is not closed`);
  }
}

/** The values of a JSON text; undefined where it holds none. */
export function parseJsonText(source: SourceText, rules: JsonRules): Placed | undefined {
  const tree = new JsonTree(source, rules);
  visit(source.text, tree.visitor(), {
    disallowComments: !rules.isLenient,
    allowTrailingComma: rules.isLenient,
    allowEmptyContent: true,
  });
  return tree.root;
}
