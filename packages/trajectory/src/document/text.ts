import type { TraeDocument } from './document.js';

const isList = (value: TraeDocument[keyof TraeDocument]): value is TraeDocument['llm_interactions' | 'agent_steps'] =>
  Array.isArray(value);

const indentedJson = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('\n', '\n    ');

/**
 * The document as the original writes it, two spaces deep, in pieces: what a long run was answered stands in it three
 * times, and could be more than one string may hold.
 */
export function* traeDocumentText(document: TraeDocument): Generator<string, void> {
  let before = '{';
  for (const [key, value] of Object.entries(document)) {
    yield `${before}\n  ${JSON.stringify(key)}: `;
    before = ',';
    if (!isList(value) || value.length === 0) {
      yield JSON.stringify(value);
      continue;
    }
    for (const [index, item] of value.entries()) yield `${index === 0 ? '[' : ','}\n    ${indentedJson(item)}`;
    yield '\n  ]';
  }
  yield '\n}\n';
}
