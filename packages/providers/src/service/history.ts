import { type AssistantMessage, type JsonValue, parseArguments, type ToolMessage, textOf } from '@trae-cli/protocol';
import type { Reader } from './request-body.js';

const legalId = /^[\w-]{1,40}$/;
const legalName = /^[\w-]{1,64}$/;

/** The same id gives the same id, so that calls and answers still meet. */
function hashed(id: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const unit of Buffer.from(id)) hash = BigInt.asUintN(64, (hash ^ BigInt(unit)) * 0x100000001b3n);
  return `call_${hash.toString(36)}`;
}

/** Whether the message was said by the very model that will read it. */
export const isFrom = ({ origin }: AssistantMessage, { ref }: Reader): boolean =>
  origin.provider === ref.provider && origin.model === ref.model;

/** What a model calls its calls is its own business; another one's ids have to be legal everywhere. */
export const wireId = (id: string, isOwn: boolean): string => (isOwn || legalId.test(id) ? id : hashed(id));

/** A name that a model has made up goes into the history like any other, and must not make the request illegal. */
export const wireName = (name: string): string =>
  legalName.test(name) ? name : name.replaceAll(/[^\w-]/g, '_').slice(0, 64) || 'unknown';

/** Malformed arguments make some servers fail on every later request. */
export function wireArguments(raw: string): string {
  const parsed = parseArguments(raw);
  if (!parsed.ok) return '{}';
  return /\\ud[89a-f]/i.test(parsed.text) ? safeJson(JSON.parse(parsed.text) as JsonValue) : parsed.text;
}

export const imageNote = '[An image was left out: this model does not read images.]';

/** The words for a call that nobody answered; every call has to be answered once, right behind it. */
export const unanswered = 'No result provided: the call was cut off.';

/** The answers to the calls of one turn in the order asked, whatever happened; undefined where there was none. */
export const answersTo = (
  calls: readonly { readonly id: string }[],
  answers: readonly ToolMessage[],
): readonly { readonly id: string; readonly answer: ToolMessage | undefined }[] =>
  calls.map(({ id }) => ({ id, answer: answers.find(({ callId }) => callId === id) }));

/** The text of an answer; an empty one is refused by some. */
export function answerText(answer: ToolMessage | undefined): string {
  const text = answer === undefined ? unanswered : textOf(answer.content);
  if (text !== '') return text;
  return answer?.content.some((part) => part.type === 'image') === true ? '(see the image)' : '(no output)';
}

const withoutLoneSurrogates = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll(/\p{Surrogate}/gu, '\uFFFD') : value;

/** JSON that every parser takes: half a surrogate pair is written as an escape that some refuse. */
export function safeJson(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.includes('\\ud') ? JSON.stringify(value, withoutLoneSurrogates) : text;
}
