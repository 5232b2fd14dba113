import { pathOf } from '../answer-formats.js';
import type { RecordedRequest } from '../recorded-request.js';
import type { AskedTurn, ReadBody } from './asked-turn.js';
import { readChatRequest } from './chat-asked.js';
import { readMessagesRequest } from './messages-asked.js';
import { readOllamaRequest } from './ollama-asked.js';
import { readResponsesRequest } from './responses-asked.js';

const readers: readonly (readonly [path: RegExp, read: ReadBody])[] = [
  [/\/chat\/completions$/, readChatRequest],
  [/\/responses$/, readResponsesRequest],
  [/\/messages$/, readMessagesRequest],
  [/\/api\/chat$/, readOllamaRequest],
];

/** What a request asks, by the protocol of its path; throws where the service would refuse it. */
export function readRequest(request: RecordedRequest): AskedTurn {
  const read = readers.find(([path]) => path.test(pathOf(request)))?.[1];
  if (read === undefined) throw new Error(`No turn is asked for at ${request.path}.`);
  return read(request.body);
}
