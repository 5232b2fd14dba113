import { isJsonObject, parseJson } from '@trae-cli/protocol';
import { type ApiFormat, routes } from '../api-format.js';
import { isThisMachine } from '../base-url.js';
import type { Endpoint } from '../endpoint.js';
import type { ErrorKind } from '../error-kinds.js';
import { keyPlaces } from '../key-places.js';

/** What is known when advice is given. */
export type Occasion = {
  readonly endpoint: Endpoint;
  readonly apiFormat: ApiFormat;
  readonly model: string | undefined;
};

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

/** How a server of one's own is started, by the protocol that it speaks. */
const starting: Readonly<Partial<Record<ApiFormat, (occasion: Occasion) => string>>> = {
  ollama: ({ endpoint: { baseUrl }, model = 'NAME' }) =>
    isThisMachine(baseUrl)
      ? `Start Ollama service: \`ollama serve\`. List available models: \`ollama list\`. Pull a model if needed: \`ollama pull ${model}\`. Where Ollama is not installed yet: \`curl -fsSL https://ollama.ai/install.sh | sh\`.`
      : `Start Ollama on that machine so that others can reach it, OLLAMA_HOST=0.0.0.0 ollama serve, or correct the base URL, ${baseUrl}.`,
};

const refused = (occasion: Occasion): string =>
  (occasion.endpoint.isPrivate ? starting[occasion.apiFormat]?.(occasion) : undefined) ?? reachable(occasion);

function address({ apiFormat, endpoint: { baseUrl, fullUrl } }: Occasion): string {
  const { turnPath, usualPath } = routes[apiFormat];
  if (fullUrl !== undefined) return `Check the base URL, ${baseUrl}: full_url is set, so nothing is appended to it.`;
  return usualPath !== '' && new URL(baseUrl).pathname === '/'
    ? `Check the base URL, ${baseUrl}: most services want ${baseUrl}${usualPath}.`
    : `Check the base URL, ${baseUrl}: it is what stands before ${turnPath}.`;
}

/** For a server that does not speak TLS where the address says it does. */
export const plainHttpHint = ({ endpoint: { baseUrl } }: Occasion): string =>
  `Set the base URL to ${baseUrl.replace(/^https:/, 'http:')} if the server speaks plain HTTP, or correct its host and port.`;

/** For a server that keeps to a window of its own: what to raise, and what to do where nothing can be raised. */
export const truncationHint = ({ asked, kept }: { readonly asked: number; readonly kept: number }): string =>
  [
    `Start the server with a larger window: OLLAMA_CONTEXT_LENGTH=${asked} ollama serve; or write PARAMETER num_ctx ${asked} into the Modelfile.`,
    `Endpoints that end in /v1, and models in the cloud, pass num_ctx over: there set context_window to ${kept}, so that old output is shortened in time, or choose another model.`,
  ].join(' ');

/** Where the service wants somebody to sign in, in its own words; undefined where it does not say, or not so that it can be shown. */
export function signInHint(body: string): string | undefined {
  const told = parseJson(body);
  const url = isJsonObject(told) ? told['signin_url'] : undefined;
  if (typeof url !== 'string' || !/^https:\/\/[\u0021-\u007E]{1,500}$/.test(url)) return undefined;
  return `Sign in at ${url}, or choose a model that needs no account with --model.`;
}

const hints = {
  auth: keyOf,
  billing: 'Add credit to the account, or choose another provider with --provider.',
  daily_limit: 'Wait until the allowance is renewed, or choose another model or provider with --model or --provider.',
  rate_limit: anotherOne,
  minute_limit: 'Choose a plan, a model or a provider with a higher limit: waiting does not make the request smaller.',
  overloaded: anotherOne,
  server: anotherOne,
  network: reachable,
  refused,
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
  prompt_truncated: 'Raise the window of the server (Ollama: OLLAMA_CONTEXT_LENGTH), or lower context_window to it.',
  out_of_memory: 'Choose a smaller model with --model, or lower context_window: the window takes memory as well.',
  request_too_large: 'Shorten the task, or choose a model or plan that takes larger requests.',
  tool_unsupported:
    'Choose a model that can call tools with --model; a server of your own may need a switch (vLLM: --enable-auto-tool-choice, llama.cpp: --jinja).',
  tool_generation: 'Run the task again, or choose another model with --model.',
  content_filter: 'Put the task in other words, or choose another model with --model.',
  parameter: 'Take the parameter out of the configuration, or choose another model with --model.',
  invalid_request: 'Check the model and the base URL; the words above are the service’s own.',
} as const satisfies Record<ErrorKind, Hint>;

const formatOf = ({ endpoint: { provider } }: Occasion): string =>
  `model_providers.${provider}.api_format in trae_config.json`;

/** Advice for what gateways and vendors say in words of their own, whoever stands behind them. */
const hintsByWords: readonly (readonly [RegExp, Hint])[] = [
  [
    /(?:use|only (?:supported )?in) \/?v1\/responses\b/i,
    (occasion) =>
      `This model calls tools only over the Responses API: set ${formatOf(occasion)} to "openai-responses", or choose another with --model.`,
  ],
  [
    /not (?:supported|available) (?:in|with|by|over) the responses api/i,
    (occasion) => `Set ${formatOf(occasion)} to "openai-chat", or choose another model with --model.`,
  ],
  [/invalid model format/i, 'Put the vendor before the name of the model: --model openai/gpt-4o rather than gpt-4o.'],
];

/** What most servers speak that do not speak the protocol. */
const plainerFormats: Readonly<Partial<Record<ApiFormat, ApiFormat>>> = { 'openai-responses': 'openai-chat' };

/** For an address at which nobody knows the path of the protocol; a word about the model says that somebody does. */
function plainerFormat(kind: ErrorKind, occasion: Occasion, words: string): string | undefined {
  const plainer = plainerFormats[occasion.apiFormat];
  const isUnknown = kind === 'wrong_address' || (kind === 'not_found' && !/model|deployment/i.test(words));
  if (plainer === undefined || !isUnknown || occasion.endpoint.fullUrl !== undefined) return undefined;
  return `A server that has no ${routes[occasion.apiFormat].turnPath} wants ${formatOf(occasion)} set to "${plainer}".`;
}

/** What to do about it, in the imperative. */
export function hintFor(kind: ErrorKind, occasion: Occasion, words: string): string {
  const special = hintsByWords.find(([pattern]) => pattern.test(words))?.[1];
  const hint: Hint = special ?? hints[kind];
  const said = typeof hint === 'string' ? hint : hint(occasion);
  if (special !== undefined) return said;
  const more = [plainerFormat(kind, occasion, words), occasion.endpoint.advice[kind]];
  return [said, ...more.filter((sentence) => sentence !== undefined)].join(' ');
}
