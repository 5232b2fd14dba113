import type { JsonValue } from '@trae-cli/protocol';
import type { Step } from './steps.js';

/** What a request asks, in words that all protocols share. */
export type AskedTurn = {
  readonly steps: readonly Step[];
  /** Base64, in order. */
  readonly images: readonly string[];
  /** The texts that end the answer. */
  readonly stop: readonly string[];
};

/** Reads the body of a request in one protocol; throws where the service would refuse it. */
export type ReadBody = (body: JsonValue) => AskedTurn;

/** The base64 of a `data:` address; nothing of any other. */
export const base64In = (address: string | null | undefined): readonly string[] => {
  const base64 = /^data:[^,]*;base64,(.*)$/s.exec(address ?? '')?.[1];
  return base64 === undefined ? [] : [base64];
};

/** Arguments that are sent as text; throws where they are not JSON, which some services never forgive. */
export const parsedArguments = (text: string): JsonValue => JSON.parse(text) as JsonValue;

type Part = { readonly [key: string]: unknown; readonly text?: unknown };

/** The texts of a content that is text or a list of parts. */
export const wordsOf = (content: string | readonly Part[] | null | undefined): string =>
  typeof content === 'string'
    ? content
    : (content ?? []).map(({ text }) => (typeof text === 'string' ? text : '')).join('');
