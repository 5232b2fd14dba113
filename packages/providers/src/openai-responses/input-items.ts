import {
  type AssistantMessage,
  isJsonObject,
  type JsonObject,
  type Message,
  type ReasoningPart,
  type ToolCallPart,
  type ToolMessage,
  type UserMessage,
} from '@trae-cli/protocol';
import { answersTo, answerText, imageNote, isFrom, wireArguments, wireId, wireName } from '../service/history.js';
import type { Reader } from '../service/request-body.js';

export type ItemOptions = Reader & {
  /** Whether the model gets its own reasoning back. */
  readonly returnsReasoning: boolean;
};

const wireContent = (content: UserMessage['content'], { images }: Reader): JsonObject[] =>
  content.map((part) => {
    if (part.type === 'text') return { type: 'input_text', text: part.text };
    if (!images) return { type: 'input_text', text: imageNote };
    return { type: 'input_image', image_url: `data:${part.mediaType};base64,${part.base64}` };
  });

const wireUser = ({ content }: UserMessage, reader: Reader): JsonObject => ({
  type: 'message',
  role: 'user',
  content: wireContent(content, reader),
});

const wireText = (text: string): JsonObject => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
});

/** Without the item's own id: that is refused where the reasoning it came behind is not there. */
const wireCall = (call: ToolCallPart, isOwn: boolean): JsonObject => ({
  type: 'function_call',
  call_id: wireId(call.id, isOwn),
  name: wireName(call.name),
  arguments: wireArguments(call.arguments),
});

const hasImage = (answer: ToolMessage | undefined): answer is ToolMessage =>
  answer?.content.some((part) => part.type === 'image') === true;

const wireAnswer = (callId: string, answer: ToolMessage | undefined, reader: Reader): JsonObject => ({
  type: 'function_call_output',
  call_id: callId,
  output: hasImage(answer) ? wireContent(answer.content, reader) : answerText(answer),
});

/** Reasoning of this very protocol, as it came; that of others is sealed in other ways. */
const wireReasoning = ({ sealed }: ReasoningPart): JsonObject[] =>
  sealed !== undefined && isJsonObject(sealed) && sealed['type'] === 'reasoning' ? [sealed] : [];

function wireSaid(message: AssistantMessage, options: ItemOptions): readonly JsonObject[] {
  const isOwn = isFrom(message, options);
  const items = message.content.flatMap((part): JsonObject[] => {
    if (part.type === 'tool_call') return [wireCall(part, isOwn)];
    if (part.type === 'text') return part.text === '' ? [] : [wireText(part.text)];
    return isOwn && options.returnsReasoning ? wireReasoning(part) : [];
  });
  // Reasoning is refused that nothing follows, as where a turn was cut off.
  return items.slice(0, 1 + items.findLastIndex(({ type }) => type !== 'reasoning'));
}

/** A turn of the model with its calls answered once each, right behind it, whatever happened. */
function wireTurn(message: AssistantMessage, answers: readonly ToolMessage[], options: ItemOptions) {
  const isOwn = isFrom(message, options);
  const calls = message.content.filter((part) => part.type === 'tool_call');
  return [
    ...wireSaid(message, options),
    ...answersTo(calls, answers).map(({ id, answer }) => wireAnswer(wireId(id, isOwn), answer, options)),
  ];
}

/** One message of the person, or one of the model with the answers to its calls; empty where nothing of it may be sent. */
export function inputItems([first, ...rest]: readonly Message[], options: ItemOptions): readonly JsonObject[] {
  if (first === undefined || first.role === 'tool') return [];
  if (first.role === 'user') return [wireUser(first, options)];
  return wireTurn(
    first,
    rest.filter((message) => message.role === 'tool'),
    options,
  );
}

/** The instructions where they are no parameter of their own. */
export const instructionsItem = (instructions: string): JsonObject => ({
  type: 'message',
  role: 'system',
  content: [{ type: 'input_text', text: instructions }],
});
