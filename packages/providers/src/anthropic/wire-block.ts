import type { ImagePart, JsonObject, JsonValue, TextPart } from '@trae-cli/protocol';
import { imageNote, safeJson } from '../service/history.js';
import type { Reader } from '../service/request-body.js';

/** One block of a message, as the JSON text it is sent as. */
export type WireBlock = {
  readonly json: string;
  /** A mark for the cache may stand on it: never on thoughts, nor on what goes back as it came. */
  readonly mayBeMarked: boolean;
};

const mark = ',"cache_control":{"type":"ephemeral"}}';

export const marked = (json: string): string => json.slice(0, -1) + mark;

export const block = (value: JsonObject): WireBlock => ({ json: safeJson(value), mayBeMarked: true });

/** Goes back exactly as it came. */
export const verbatim = (value: JsonValue): WireBlock => ({ json: safeJson(value), mayBeMarked: false });

/** Text of nothing but space is refused, so it is no block at all. */
export const textBlocks = (text: string): readonly WireBlock[] =>
  text.trim() === '' ? [] : [block({ type: 'text', text })];

/** The words and images of a person or of a tool. */
export const contentBlocks = (content: readonly (TextPart | ImagePart)[], { images }: Reader): readonly WireBlock[] =>
  content.flatMap((part) => {
    if (part.type === 'text') return textBlocks(part.text);
    if (!images) return textBlocks(imageNote);
    const { base64: data, mediaType } = part;
    return [block({ type: 'image', source: { type: 'base64', media_type: mediaType, data } })];
  });

export const messageOf = (role: 'user' | 'assistant', blocks: readonly string[]): string =>
  `{"role":"${role}","content":[${blocks.join(',')}]}`;
