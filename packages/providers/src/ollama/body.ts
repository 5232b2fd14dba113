import { ChatFormat } from '../openai-compatible/chat-format.js';
import { type BodyFormat, type Reader, RequestBody } from '../service/request-body.js';
import { encodeTurn } from './encode-message.js';

/** The frame of Chat Completions, tools included, around messages in a form of their own. */
export function createBody(reader: Reader): RequestBody {
  const frame = new ChatFormat(reader);
  const format: BodyFormat = {
    head: (content) => frame.head(content),
    joinsTurn: (message) => frame.joinsTurn(message),
    turn: (messages) => encodeTurn(messages, reader),
    tail: (content) => frame.tail(content),
  };
  return new RequestBody(format);
}
