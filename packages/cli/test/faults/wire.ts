import type { JsonObject } from '@trae-cli/protocol';
import { type ApiFormat, apiFormats } from '@trae-cli/providers';
import { type ModelAnswer, type ModelServer, modelServer } from '@trae-cli/testkit';

/** One protocol, as far as what goes wrong on the wire looks different in it. */
export type Wire = {
  readonly format: ApiFormat;
  /** Where a turn is asked for, behind the base URL. */
  readonly turnPath: string;
  baseUrlOf(origin: string): string;
  readonly contentType: string;
  /** One piece of a stream that holds this text. */
  piece(text: string): string;
  /** The body of a refusal. */
  refusal(message: string, type: string): JsonObject;
};

const events = { contentType: 'text/event-stream', piece: (text: string) => `data: ${text}\n\n` };
const underV1 = (origin: string): string => `${origin}/v1`;

const wires: Readonly<Record<ApiFormat, Omit<Wire, 'format'>>> = {
  'openai-chat': {
    ...events,
    turnPath: '/chat/completions',
    baseUrlOf: underV1,
    refusal: (message, type) => ({ error: { message, type, param: null, code: null } }),
  },
  'openai-responses': {
    ...events,
    turnPath: '/responses',
    baseUrlOf: underV1,
    refusal: (message, type) => ({ error: { message, type, param: null, code: null } }),
  },
  anthropic: {
    ...events,
    turnPath: '/v1/messages',
    baseUrlOf: (origin) => origin,
    refusal: (message, type) => ({ type: 'error', error: { type, message }, request_id: 'req_1' }),
  },
  ollama: {
    contentType: 'application/x-ndjson',
    piece: (text) => `${text}\n`,
    turnPath: '/api/chat',
    baseUrlOf: (origin) => origin,
    refusal: (message) => ({ error: message }),
  },
};

export const allWires: readonly Wire[] = apiFormats.map((format) => ({ format, ...wires[format] }));

export const addressOf = (wire: Wire, server: ModelServer): string => wire.baseUrlOf(server.origin);

async function bodyOf(wire: Wire, answer: ModelAnswer, isStream: boolean): Promise<string> {
  await using server = await modelServer([answer]);
  const body = JSON.stringify({ stream: isStream });
  const response = await fetch(`${addressOf(wire, server)}${wire.turnPath}`, { method: 'POST', body });
  return await response.text();
}

/** The answer in one piece, as it is given to those who want no stream. */
export const wholeOf = (wire: Wire, answer: ModelAnswer): Promise<string> => bodyOf(wire, answer, false);

/** The pieces that a server says this answer in: events or lines, the end of each included. */
export async function piecesOf(wire: Wire, answer: ModelAnswer): Promise<readonly string[]> {
  const stream = await bodyOf(wire, answer, true);
  return stream.split(wire.piece('').endsWith('\n\n') ? /(?<=\n\n)/ : /(?<=\n)/);
}
