import {
  type AssistantMessage,
  type JsonObject,
  type Message,
  parseJson,
  textOf,
  type ToolCallPart,
  type ToolMessage,
  type UserMessage,
} from '@trae-cli/protocol';
import {
  answersTo,
  answerText,
  imageNote,
  isFrom,
  safeJson,
  wireArguments,
  wireId,
  wireName,
} from '../service/history.js';
import type { Reader } from '../service/request-body.js';

type Content = UserMessage['content'];

/** Base64 with nothing before it. */
const imagesIn = (content: Content): string[] =>
  content.flatMap((part) => (part.type === 'image' ? [part.base64] : []));

/** Words and images stand apart here; a model that reads none is told of each. */
function wireUser(text: string, images: readonly string[], { images: readsImages }: Reader): JsonObject {
  if (images.length === 0) return { role: 'user', content: text };
  if (readsImages) return { role: 'user', content: text, images };
  return { role: 'user', content: [text, ...images.map(() => imageNote)].filter((words) => words !== '').join('\n') };
}

/** Arguments are an object here: as text the whole request is refused. */
const wireCall = (call: ToolCallPart, index: number, isOwn: boolean): JsonObject => ({
  id: wireId(call.id, isOwn),
  function: {
    index,
    name: wireName(call.name),
    arguments: parseJson(wireArguments(call.arguments)) ?? {},
  },
});

const thoughtOf = ({ content }: AssistantMessage): string =>
  content.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');

/** Undefined where nothing would be left. A thought goes back to nobody but the model it came from. */
function wireAssistant(message: AssistantMessage, reader: Reader): JsonObject | undefined {
  const content = textOf(message.content);
  const isOwn = isFrom(message, reader);
  const thinking = isOwn ? thoughtOf(message) : '';
  const calls = message.content
    .filter((part) => part.type === 'tool_call')
    .map((call, index) => wireCall(call, index, isOwn));
  if (content === '' && calls.length === 0) return undefined;
  return {
    role: 'assistant',
    content,
    ...(thinking === '' ? {} : { thinking }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

/** The images that tools have answered with, as the person's words behind all the answers. */
const wireToolImages = (answers: readonly ToolMessage[], reader: Reader): readonly JsonObject[] =>
  answers
    .filter(({ content }) => imagesIn(content).length > 0)
    .map(({ toolName, content }) =>
      wireUser(`The image that ${wireName(toolName)} answered with:`, imagesIn(content), reader),
    );

function wireTurn(message: AssistantMessage, answers: readonly ToolMessage[], reader: Reader): readonly JsonObject[] {
  const said = wireAssistant(message, reader);
  if (said === undefined) return [];
  const isOwn = isFrom(message, reader);
  const calls = message.content.filter((part) => part.type === 'tool_call');
  const answered = answersTo(calls, answers);
  const results = answered.map(({ id, answer }, index): JsonObject => ({
    role: 'tool',
    // Old servers go by the order alone, later ones by the name, the newest by the id.
    tool_name: wireName(calls[index]?.name ?? ''),
    tool_call_id: wireId(id, isOwn),
    content: answerText(answer),
  }));
  const given = answered.map(({ answer }) => answer).filter((answer) => answer !== undefined);
  return [said, ...results, ...wireToolImages(given, reader)];
}

/**
 * One message of the person, or one of the model with the answers to its calls, as the text between the brackets of
 * `messages`; empty where nothing of it may be sent. Every call is answered once, right behind it, in the order asked.
 */
export function encodeTurn([first, ...rest]: readonly Message[], reader: Reader): string {
  if (first === undefined || first.role === 'tool') return '';
  if (first.role === 'user') return safeJson(wireUser(textOf(first.content), imagesIn(first.content), reader));
  const answers = rest.filter((message) => message.role === 'tool');
  return wireTurn(first, answers, reader).map(safeJson).join(',');
}
