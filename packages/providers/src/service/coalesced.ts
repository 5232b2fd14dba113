import type { ModelEvent } from '@trae-cli/protocol';

type Words = Extract<ModelEvent, { type: 'text_delta' | 'reasoning_delta' }>;

const isWords = (event: ModelEvent): event is Words => event.type === 'text_delta' || event.type === 'reasoning_delta';

/**
 * Words that came at once are told at once: a packet of a fast service has a hundred pieces of one sentence, and nobody
 * who listens could tell them apart. Everything else stays as it is and where it is.
 */
export function* coalesced(events: Iterable<ModelEvent>): Generator<ModelEvent, void> {
  let open: Words | undefined;
  let pieces: string[] = [];
  const told = (words: Words): Words => (pieces.length === 1 ? words : { ...words, text: pieces.join('') });
  try {
    for (const event of events) {
      if (isWords(event) && open?.type === event.type && open.part === event.part) {
        pieces.push(event.text);
        continue;
      }
      if (open !== undefined) yield told(open);
      open = isWords(event) ? event : undefined;
      pieces = open === undefined ? [] : [open.text];
      if (open === undefined) yield event;
    }
  } catch (error) {
    // What was said before a failure has been said.
    if (open !== undefined) yield told(open);
    open = undefined;
    throw error;
  }
  if (open !== undefined) yield told(open);
}
