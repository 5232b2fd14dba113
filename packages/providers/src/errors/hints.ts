import type { Endpoint } from '../endpoint.js';
import type { ErrorKind } from '../error-kinds.js';
import { keyPlaces } from '../key-places.js';

/** What is known when advice is given. */
export type Occasion = { readonly endpoint: Endpoint; readonly model: string | undefined };

type Hint = string | ((occasion: Occasion) => string);

const anotherOne = 'Try again later, or choose another model or provider with --model or --provider.';

const keyOf = ({ endpoint: { key, keyUrl, keyVariable, displayName, provider } }: Occasion): string => {
  const advice = key === undefined ? keyPlaces(provider, keyVariable) : `Check the API key from ${key.origin}`;
  return `${advice}${keyUrl === undefined ? '' : `; ${displayName} makes keys at ${keyUrl}`}.`;
};

const reachable = ({ endpoint: { isPrivate, baseUrl } }: Occasion): string =>
  isPrivate
    ? `Start the server at ${baseUrl}, or correct the base URL.`
    : `Check the network connection and the base URL, ${baseUrl}.`;

function address({ endpoint: { baseUrl, isFull } }: Occasion): string {
  if (isFull) return `Check the base URL, ${baseUrl}: full_url is set, so nothing is appended to it.`;
  return new URL(baseUrl).pathname === '/'
    ? `Check the base URL, ${baseUrl}: most services want ${baseUrl}/v1.`
    : `Check the base URL, ${baseUrl}: it is what stands before /chat/completions.`;
}

/** For a server that does not speak TLS where the address says it does. */
export const plainHttpHint = ({ endpoint: { baseUrl } }: Occasion): string =>
  `Set the base URL to ${baseUrl.replace(/^https:/, 'http:')} if the server speaks plain HTTP, or correct its host and port.`;

const hints = {
  auth: keyOf,
  billing: 'Add credit to the account, or choose another provider with --provider.',
  daily_limit: 'Wait until the allowance is renewed, or choose another model or provider with --model or --provider.',
  rate_limit: anotherOne,
  minute_limit: 'Choose a plan, a model or a provider with a higher limit: waiting does not make the request smaller.',
  overloaded: anotherOne,
  server: anotherOne,
  network: reachable,
  refused: reachable,
  unknown_host: ({ endpoint }) =>
    `Check the spelling of the base URL, ${endpoint.baseUrl}, and the network connection.`,
  bad_certificate:
    'Set NODE_EXTRA_CA_CERTS to the certificate of the authority that signed it, or correct the base URL.',
  timeout: anotherOne,
  connection_lost: anotherOne,
  stream_truncated: anotherOne,
  malformed: anotherOne,
  oversized: 'Choose another model or provider with --model or --provider.',
  web_page: (occasion) => `${address(occasion)} A proxy or a sign-in page may also stand in between.`,
  redirected: 'Set the base URL to where the service really is.',
  wrong_address: address,
  not_found: ({ endpoint, model }) =>
    `Check the name ${model ?? 'of the model'}: ${endpoint.displayName} may list it differently. --model chooses another.`,
  context_overflow: 'Set the size of the window with --context-window, so that old output is shortened in time.',
  request_too_large: 'Shorten the task, or choose a model or plan that takes larger requests.',
  tool_unsupported:
    'Choose a model that can call tools with --model; a server of your own may need a switch (vLLM: --enable-auto-tool-choice, llama.cpp: --jinja).',
  tool_generation: 'Run the task again, or choose another model with --model.',
  content_filter: 'Put the task in other words, or choose another model with --model.',
  parameter: 'Take the parameter out of the configuration, or choose another model with --model.',
  invalid_request: 'Check the model and the base URL; the words above are the service’s own.',
} as const satisfies Record<ErrorKind, Hint>;

/** Advice for what gateways and vendors say in words of their own, whoever stands behind them. */
const hintsByWords: readonly (readonly [RegExp, string])[] = [
  [
    /\/v1\/responses\b/,
    'This model calls tools only over the Responses API, which is not spoken here yet. Choose another, such as gpt-4.1, with --model.',
  ],
  [/invalid model format/i, 'Put the vendor before the name of the model: --model openai/gpt-4o rather than gpt-4o.'],
];

/** What to do about it, in the imperative. */
export function hintFor(kind: ErrorKind, occasion: Occasion, words: string): string {
  const special = hintsByWords.find(([pattern]) => pattern.test(words))?.[1];
  if (special !== undefined) return special;
  const hint: Hint = hints[kind];
  const advice = occasion.endpoint.advice[kind];
  return [typeof hint === 'string' ? hint : hint(occasion), ...(advice === undefined ? [] : [advice])].join(' ');
}
