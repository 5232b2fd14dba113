import type { JsonValue } from '@trae-cli/protocol';
import type { Node } from 'jsonc-parser';
import type { JsonDocument } from '../document.js';
import { isOnOneLine, layoutAt, type Layout } from './layout.js';
import { containerOf } from '../nodes.js';
import { plainValueOf } from '../plain-value.js';
import type { TextEdit } from './text-edit.js';
import { valueText } from './value-text.js';

/** A longer container is broken into lines, unless everything around it is on one. */
const longestLine = 100;

/** Puts a value in the place of another. Nothing where they are equal. */
export function replaceValue(
  document: JsonDocument,
  node: Node,
  { value, isPretty }: { readonly value: JsonValue; readonly isPretty: boolean },
): readonly TextEdit[] {
  if (JSON.stringify(plainValueOf(node)) === JSON.stringify(value)) return [];
  const { offset, length } = node;
  const write = (form: Layout['form']): string => valueText(value, layoutAt(document, offset, { form }));
  const isContainer = node.children !== undefined && node.children.length > 0;
  const stays = isOnOneLine(document.lines, isContainer ? node : containerOf(node));
  const line = write('line');
  const isShort = line.length <= longestLine || isOnOneLine(document.lines, containerOf(node));
  return [{ offset, length, content: !isPretty || (stays && isShort) ? line : write('lines') }];
}
