import { isJsonObject, type JsonValue, parseJson } from '@trae-cli/protocol';
import { type ErrorBody, errorBodySchema, type ErrorObject } from '@trae-cli/wire';
import { plainText } from './wording.js';

/** An error as a service tells it, whatever the shape it came in. */
export type ServiceError = {
  /** Undefined where it came inside a stream without a number. */
  readonly status: number | undefined;
  readonly message: string;
  /** Every word that can tell one error from another, the message included. */
  readonly words: string;
  /** The parameters that were named, in the service's own structure. */
  readonly parameters: readonly string[];
  readonly requestId: string | undefined;
  readonly details: ErrorObject;
};

/** Ollama hands on what its runner said, as JSON in the string. */
function fromText(text: string): ErrorObject {
  const inner = text.startsWith('{') ? errorBodySchema.safeParse(parseJson(text)) : undefined;
  if (inner?.success !== true) return { message: text };
  const { data } = inner;
  return 'error' in data && typeof data.error === 'string' ? { message: data.error } : asObject(data);
}

const asObject = (body: ErrorBody): ErrorObject => {
  if (Array.isArray(body)) return body[0]?.error ?? {};
  if ('error' in body) return typeof body.error === 'string' ? fromText(body.error) : (body.error as ErrorObject);
  if ('detail' in body) return { message: detailMessage(body.detail as string | readonly Detail[]) };
  return body;
};

type Detail = { readonly loc?: readonly (string | number)[] | undefined; readonly msg?: string | null | undefined };

const detailMessage = (detail: string | readonly Detail[]): string =>
  typeof detail === 'string'
    ? detail
    : detail.map(({ loc = [], msg }) => `${loc.filter((step) => step !== 'body').join('.')}: ${msg ?? ''}`).join('; ');

function parametersOf(body: ErrorBody, { param }: ErrorObject): readonly string[] {
  // LiteLLM writes "None" where nothing is named.
  const named = typeof param === 'string' && !['', 'None', 'null'].includes(param) ? [param] : [];
  if (Array.isArray(body) || !('detail' in body) || !Array.isArray(body.detail)) return named;
  const located = (body.detail as readonly Detail[]).map(({ loc = [] }) => loc.find((step) => step !== 'body'));
  return [...named, ...located.filter((step) => typeof step === 'string')];
}

/** OpenRouter hands on what the vendor behind it said, often as JSON in a string. */
function upstreamText({ metadata }: ErrorObject): string {
  const raw = metadata?.raw;
  if (raw === undefined || raw === null) return '';
  const text = typeof raw === 'string' ? raw : JSON.stringify(raw);
  const inner = errorBodySchema.safeParse(parseJson(text));
  return inner.success ? (asObject(inner.data).message ?? text) : text;
}

const requestIdOf = (body: ErrorBody): string | undefined =>
  'request_id' in body && typeof body.request_id === 'string' ? body.request_id : undefined;

/** Characters. Words tell errors apart by patterns, and the patterns' work grows faster than the text. */
const longest = { word: 200, quotas: 2000, message: 20_000 };

const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}`.slice(0, longest.word) : '';

/** A number in the place of a code is a status; LiteLLM writes it as text. */
function statusIn({ code, status }: ErrorObject): number | undefined {
  const number = Number(code ?? status);
  return Number.isInteger(number) && number >= 400 && number < 600 ? number : undefined;
}

function messageOf(details: ErrorObject): string {
  const upstream = upstreamText(details).slice(0, longest.message);
  const provider = wordOf(details.metadata?.provider_name);
  const message = (details.message ?? '').slice(0, longest.message);
  if (upstream === '' || message.includes(upstream)) return message;
  return `${message}${message === '' ? '' : ' – '}${provider === '' ? '' : `${provider}: `}${upstream}`;
}

/** Which of Gemini's quotas it is, and that a limit is one of Anthropic's on spending, stands in the details alone. */
function detailsIn(body: JsonValue | undefined): string {
  const outer: JsonValue | undefined = Array.isArray(body) ? (body as readonly JsonValue[])[0] : body;
  const error = isJsonObject(outer) ? outer['error'] : undefined;
  const details = isJsonObject(error) ? error['details'] : undefined;
  return typeof details === 'object' && details !== null ? JSON.stringify(details) : '';
}

/** Reads an error body: JSON in any of the known shapes, else its text without markup. */
export function serviceErrorFrom(body: string | JsonValue, httpStatus?: number): ServiceError {
  const json = typeof body === 'string' ? parseJson(body) : body;
  const read = errorBodySchema.safeParse(json);
  const fallback = plainText(typeof body === 'string' ? body : JSON.stringify(body));
  if (!read.success)
    return {
      status: httpStatus,
      message: fallback,
      words: fallback,
      parameters: [],
      requestId: undefined,
      details: {},
    };
  const details = asObject(read.data);
  const message = plainText(messageOf(details)) || fallback;
  const quotas = detailsIn(json).slice(0, longest.quotas);
  const distinct = [details.code, details.type, details['status'], details['reason'], details.metadata?.error_type];
  return {
    status: httpStatus ?? statusIn(details),
    message,
    words: [...[...distinct, details.metadata?.limit_source].map(wordOf), quotas, message].join(' '),
    parameters: parametersOf(read.data, details),
    requestId: requestIdOf(read.data),
    details,
  };
}
