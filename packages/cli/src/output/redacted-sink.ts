import type { Redactor } from '@trae-cli/protocol';
import type { TextSink } from '../host/text-sink.js';

/**
 * No key passes, also where it comes in pieces. A tail that could be the beginning of one is held back until the next
 * write, and nothing of ours ends without a newline, which no key begins with.
 */
export function redactedSink(sink: TextSink, redactor: Redactor): TextSink {
  const stream = redactor.stream();
  return {
    isTerminal: sink.isTerminal,
    get columns() {
      return sink.columns;
    },
    write: (text) => sink.write(stream.push(text)),
    showStatus: (text) => sink.showStatus(text),
    failure: () => sink.failure(),
  };
}
