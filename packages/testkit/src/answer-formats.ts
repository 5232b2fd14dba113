import { isJsonObject } from '@trae-cli/protocol';
import { chatAnswers } from './chat-answer.js';
import { messagesAnswers } from './messages-answer.js';
import type { AnswerFormat, MintId, ModelAnswer } from './model-answer.js';
import { ollamaAnswers } from './ollama-answer.js';
import { splitEvery } from './packets.js';
import type { RecordedRequest } from './recorded-request.js';
import { responsesAnswers } from './responses-answer.js';
import type { RawAnswer } from './server-answer.js';

/** The protocols by the end of the path they are asked at. */
const formats: readonly (readonly [path: RegExp, format: AnswerFormat])[] = [
  [/\/responses$/, responsesAnswers],
  [/\/messages$/, messagesAnswers],
  [/\/api\/chat$/, ollamaAnswers],
];

/** The path of a request without its query. */
export const pathOf = ({ path }: RecordedRequest): string => path.replace(/\?.*$/s, '');

/** What is asked at no path of another protocol is asked in Chat Completions. */
const formatFor = (request: RecordedRequest): AnswerFormat =>
  formats.find(([path]) => path.test(pathOf(request)))?.[1] ?? chatAnswers;

/** The bytes of an answer, in the protocol of the request and as a stream if it asked for one. */
export function encodeAnswer(answer: ModelAnswer, request: RecordedRequest, mintId: MintId): RawAnswer {
  const format = formatFor(request);
  const asked = isJsonObject(request.body) ? request.body['stream'] : undefined;
  const streams = format.streamsByDefault ? asked !== false : asked === true;
  if (!streams) return { json: format.bodyOf(answer, mintId) };
  const chunks = [...format.streamOf(answer, mintId)];
  const { packetBytes, breaksOff = 'end' } = answer;
  return {
    headers: { 'content-type': format.contentType },
    chunks: packetBytes === undefined ? chunks : splitEvery(chunks.join(''), packetBytes),
    end: breaksOff,
  };
}
