import type { Node } from 'jsonc-parser';
import type { LineIndex } from '../text/line-index.js';
import { childAt, containerOf, endOf, valueOf } from '../nodes.js';

/** How a value is to be written at one place. */
export type Layout = {
  readonly form: 'lines' | 'line';
  /** Of the line where the value begins. */
  readonly indent: string;
  /** One level. */
  readonly unit: string;
  readonly lineEnd: string;
  /** Between a name and its value. */
  readonly colon: string;
};

/** What is known of a document that values go into. */
type Written = { readonly text: string; readonly root: Node; readonly lines: LineIndex; readonly style: Style };

/** The habits of a document, where nothing nearer shows them. */
export type Style = Pick<Layout, 'unit' | 'colon'>;

const usual: Style = { unit: '  ', colon: ': ' };
const mostExamined = 200;

/** Reads the habits off the first lines. */
export function styleOf(text: string, root: Node, lines: LineIndex): Style {
  let style: Partial<Style> = {};
  for (const node of firstNodes(root)) {
    const [child] = node.children ?? [];
    if (child?.type === 'property') style = { colon: colonOf(text, child), ...style };
    const unit = unitOf(lines, node);
    if (unit !== undefined) style = { unit, ...style };
  }
  return { ...usual, ...style };
}

/** As the document is written around an offset. `sibling` is a property whose colon is to be matched. */
export function layoutAt(
  { text, root, lines, style }: Written,
  offset: number,
  { form, sibling }: { readonly form: Layout['form']; readonly sibling?: Node | undefined },
): Layout {
  return {
    form,
    indent: lines.indentAt(offset),
    unit:
      containersAround(root, offset).reduce<string | undefined>(
        (unit, each) => unit ?? unitOf(lines, each),
        undefined,
      ) ?? style.unit,
    lineEnd: lines.lineEndNear(offset),
    colon: sibling === undefined ? style.colon : colonOf(text, sibling),
  };
}

/** Whether what is in a container stands on one line with it; an empty one does as what is around it. */
export function isOnOneLine(lines: LineIndex, container: Node | undefined): boolean {
  for (let each = container; each !== undefined; each = containerOf(each)) {
    if (lines.lineAt(each.offset) !== lines.lineAt(endOf(each))) return false;
    if (each.children !== undefined && each.children.length > 0) return true;
  }
  return false;
}

/** What stands between a property's name and its value, where that is a colon with blanks around it. */
function colonOf(text: string, property: Node): string {
  const [name] = property.children ?? [];
  const between = name === undefined ? '' : text.slice(endOf(name), valueOf(property).offset);
  return /^ ?: ?$/.test(between) ? between : usual.colon;
}

/** By how much the first line in a container is indented more than the container's own line. */
function unitOf(lines: LineIndex, container: Node): string | undefined {
  const [child] = container.type === 'property' ? [] : (container.children ?? []);
  if (child === undefined || !lines.isFirst(child.offset)) return undefined;
  const [outer, inner] = [lines.indentAt(container.offset), lines.indentAt(child.offset)];
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : undefined;
}

/** Containers with an offset in them, the innermost first. */
function containersAround(root: Node, offset: number): readonly Node[] {
  const path: Node[] = [];
  for (let node: Node | undefined = root; node !== undefined; node = childAt(node, offset)) path.unshift(node);
  return path;
}

/** The first nodes of a document, from the top down. */
function firstNodes(root: Node): readonly Node[] {
  const nodes = [root];
  for (let at = 0; at < nodes.length && nodes.length < mostExamined; at += 1) {
    nodes.push(...(nodes[at]?.children ?? []).slice(0, mostExamined - nodes.length));
  }
  return nodes;
}
