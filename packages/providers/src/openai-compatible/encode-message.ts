import {
  type AssistantMessage,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Message,
  textOf,
  type ToolCallPart,
  type ToolMessage,
  type UserMessage,
} from '@trae-cli/protocol';
import { imageNote, isFrom, safeJson, unanswered, wireArguments, wireId, wireName } from '../service/history.js';
import type { Reader } from '../service/request-body.js';

function wireParts(content: UserMessage['content'], images: boolean): readonly JsonObject[] {
  return content.map((part) => {
    if (part.type === 'text') return { type: 'text', text: part.text };
    if (!images) return { type: 'text', text: imageNote };
    return { type: 'image_url', image_url: { url: `data:${part.mediaType};base64,${part.base64}` } };
  });
}

const hasImage = (content: UserMessage['content']): boolean => content.some((part) => part.type === 'image');

const wireUser = ({ content }: UserMessage, { images }: Reader): JsonObject => ({
  role: 'user',
  content: hasImage(content) ? wireParts(content, images) : textOf(content),
});

/** Gemini wants its signature back at this very place, and one on the first call of every turn. */
function wireSeal({ sealed }: ToolCallPart, isOwn: boolean, foreignSeal: JsonValue | undefined): JsonObject {
  const seal = isOwn ? sealed : foreignSeal;
  return seal === undefined ? {} : { extra_content: seal };
}

function wireCall(call: ToolCallPart, isOwn: boolean, foreignSeal: JsonValue | undefined): JsonObject {
  return {
    id: wireId(call.id, isOwn),
    type: 'function',
    function: { name: wireName(call.name), arguments: wireArguments(call.arguments) },
    ...wireSeal(call, isOwn, foreignSeal),
  };
}

/** In every form it came in: a gateway knows which of them the model behind it wants. */
function asReceived(text: string, { blocks, details, field }: JsonObject): JsonObject {
  return {
    ...(typeof field === 'string' && text !== '' ? { [field]: text } : {}),
    ...(Array.isArray(details) && details.length > 0 ? { reasoning_details: details } : {}),
    ...(Array.isArray(blocks) && blocks.length > 0 ? { thinking_blocks: blocks } : {}),
  };
}

/** Reasoning goes back in the form it came in, and to nobody but the model it came from. */
function wireReasoning(message: AssistantMessage, reader: Reader): JsonObject {
  const { replayReasoning } = reader.dialect;
  if (replayReasoning === undefined) return {};
  const own = isFrom(message, reader) ? message.content.filter((part) => part.type === 'reasoning') : [];
  const text = own.map((part) => part.text).join('');
  // DeepSeek wants the field on every message once tools are used, those of other models included.
  if (replayReasoning === 'reasoning_content') return { reasoning_content: text };
  const sealed = own.map((part) => part.sealed).filter((value) => value !== undefined && isJsonObject(value));
  if (replayReasoning === 'as received') return asReceived(text, sealed[0] ?? {});
  const details = sealed.flatMap((value) => (Array.isArray(value['details']) ? (value['details'] as JsonValue[]) : []));
  return sealed.some((value) => 'details' in value) ? { reasoning_details: details } : {};
}

/** Undefined where nothing would be left: an empty message is refused by many. */
function wireAssistant(message: AssistantMessage, reader: Reader): JsonObject | undefined {
  const text = textOf(message.content);
  const isOwn = isFrom(message, reader);
  const { foreignCallSeal } = reader.dialect;
  const calls = message.content
    .filter((part) => part.type === 'tool_call')
    .map((call, index) => wireCall(call, isOwn, index === 0 ? foreignCallSeal : undefined));
  if (text === '' && calls.length === 0) return undefined;
  return {
    role: 'assistant',
    // A string, never parts: some models imitate the form they see.
    content: text === '' ? null : text,
    ...wireReasoning(message, reader),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

/** This protocol has text in answers to calls and nothing else; an empty one is refused by some. */
function wireAnswer(id: string, answer: ToolMessage | undefined): JsonObject {
  const text = answer === undefined ? unanswered : textOf(answer.content);
  const images = answer !== undefined && hasImage(answer.content) ? '(see the image below)' : '(no output)';
  return { role: 'tool', tool_call_id: id, content: text === '' ? images : text };
}

/** The images that tools have answered with, as the person's words behind all the answers. */
function wireToolImages(answers: readonly ToolMessage[], { images }: Reader): readonly JsonObject[] {
  return answers
    .filter(({ content }) => hasImage(content))
    .map(({ toolName, content }) => ({
      role: 'user',
      content: [
        { type: 'text', text: `The image that ${toolName} answered with:` },
        ...wireParts(
          content.filter((part) => part.type === 'image'),
          images,
        ),
      ],
    }));
}

function wireTurn(message: AssistantMessage, answers: readonly ToolMessage[], reader: Reader): readonly JsonObject[] {
  const said = wireAssistant(message, reader);
  if (said === undefined) return [];
  const isOwn = isFrom(message, reader);
  const calls = message.content.filter((part) => part.type === 'tool_call');
  const answered = calls.map(({ id }) => ({ id, answer: answers.find(({ callId }) => callId === id) }));
  return [
    said,
    ...answered.map(({ id, answer }) => wireAnswer(wireId(id, isOwn), answer)),
    ...wireToolImages(
      answered.map(({ answer }) => answer).filter((answer) => answer !== undefined),
      reader,
    ),
  ];
}

/**
 * One message of the person, or one of the model with the answers to its calls, as the text between the brackets of
 * `messages`; empty where nothing of it may be sent. Every call is answered once, right behind it, whatever happened.
 */
export function encodeTurn([first, ...rest]: readonly Message[], reader: Reader): string {
  if (first === undefined || first.role === 'tool') return '';
  if (first.role === 'user') return safeJson(wireUser(first, reader));
  const answers = rest.filter((message) => message.role === 'tool');
  return wireTurn(first, answers, reader).map(safeJson).join(',');
}
