import type { AssistantMessage, JsonObject, ReasoningPart, ToolCallPart } from '@trae-cli/protocol';
import { isFrom, safeJson, wireArguments, wireId, wireName } from '../service/history.js';
import type { Reader } from '../service/request-body.js';
import { blockIn, callerIn, signatureIn } from './sealed.js';
import { textBlocks, verbatim, type WireBlock } from './wire-block.js';

/** How a conversation is told. */
export type Telling = {
  readonly reader: Reader;
  /** False: calls and their answers are told in words, since they are refused in a request without tools. */
  readonly hasTools: boolean;
};

/** The arguments in the model's own words where they are JSON, so that the cache sees what it saw. */
function inputOf(call: ToolCallPart): string {
  const text = wireArguments(call.arguments);
  return /\p{Surrogate}|\\ud/iu.test(text) ? safeJson(JSON.parse(text) as JsonObject) : text;
}

function callBlock(call: ToolCallPart, isOwn: boolean): WireBlock {
  const caller = isOwn ? callerIn(call.sealed) : undefined;
  const fields = [
    '"type":"tool_use"',
    `"id":${JSON.stringify(wireId(call.id, isOwn))}`,
    `"name":${JSON.stringify(wireName(call.name))}`,
    `"input":${inputOf(call)}`,
    ...(caller === undefined ? [] : [`"caller":${safeJson(caller)}`]),
  ];
  return { json: `{${fields.join(',')}}`, mayBeMarked: true };
}

const calledInWords = ({ name, arguments: text }: ToolCallPart): readonly WireBlock[] =>
  textBlocks(`[Called the tool ${wireName(name)} with ${text.trim() === '' ? '{}' : text}]`);

/** Thoughts go back unchanged or not at all: one without a signature was cut off, or is another model's. */
function reasoningBlocks({ sealed, text }: ReasoningPart, isUnfinished: (block: JsonObject) => boolean) {
  const signature = signatureIn(sealed);
  if (signature !== undefined) return [verbatim({ type: 'thinking', thinking: text, signature })];
  const block = blockIn(sealed);
  return block === undefined || isUnfinished(block) ? [] : [verbatim(block)];
}

const blocksIn = ({ content }: AssistantMessage): readonly JsonObject[] =>
  content
    .map((part) => (part.type === 'reasoning' ? blockIn(part.sealed) : undefined))
    .filter((block) => block !== undefined);

/** Whether the service has paused in the middle of work of its own, and goes on where it gets this back as it is. */
export const isPaused = (message: AssistantMessage, reader: Reader): boolean =>
  isFrom(message, reader) && blocksIn(message).some(({ type }) => type !== 'redacted_thinking');

/** The service's own calls that it has not answered, which are refused where anything follows them. */
function unfinishedCalls(message: AssistantMessage): (block: JsonObject) => boolean {
  const answered = new Set(blocksIn(message).map((block) => block['tool_use_id']));
  return ({ id, type }) => typeof type === 'string' && type.endsWith('tool_use') && !answered.has(id ?? null);
}

/** Empty where nothing would be left but thoughts: such a message is refused. */
export function assistantBlocks(message: AssistantMessage, telling: Telling, isLast: boolean): readonly WireBlock[] {
  const { hasTools, reader } = telling;
  const isOwn = isFrom(message, reader);
  const isUnfinished = isLast ? () => false : unfinishedCalls(message);
  let hasSaid = isPaused(message, reader);
  const blocks = message.content.flatMap((part): readonly WireBlock[] => {
    if (part.type === 'reasoning') return isOwn && hasTools ? reasoningBlocks(part, isUnfinished) : [];
    const said =
      part.type === 'text' ? textBlocks(part.text) : hasTools ? [callBlock(part, isOwn)] : calledInWords(part);
    hasSaid ||= said.length > 0;
    return said;
  });
  return hasSaid ? blocks : [];
}
