import { isSet, type Secret, TraeError } from '@trae-cli/protocol';
import { cleanBaseUrl, fullUrl, isPrivate, withoutQuery } from './base-url.js';
import { type ApiFormat, routes } from './api-format.js';
import type { CatalogEntry, ProviderSettings } from './entry.js';

/** How long a service may be silent, in milliseconds; undefined: for ever. */
export type SilenceLimits = {
  readonly headersMs: number | undefined;
  readonly idleMs: number | undefined;
};

/** One service as it is reached: the entry and the settings, settled. */
export type Endpoint = {
  readonly provider: string;
  readonly displayName: string;
  /** As it may be shown. */
  readonly baseUrl: string;
  /** Where turns are asked for, where nothing is appended to the address: then they are all that can be asked for. */
  readonly fullUrl: string | undefined;
  readonly isPrivate: boolean;
  readonly key: Secret | undefined;
  /** The header of the key; undefined: it is a bearer token. */
  readonly keyHeader: string | undefined;
  /** The person says how the key is sent: no other way is tried. */
  readonly isKeyHeaderChosen: boolean;
  readonly keyUrl: string | undefined;
  /** Where a key is looked for first. */
  readonly keyVariable: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: SilenceLimits;
  readonly advice: NonNullable<CatalogEntry['advice']>;
};

/** A model at home may take minutes to load and to read a long prompt, and says nothing while it does. */
const hostedLimits: SilenceLimits = { headersMs: 180_000, idleMs: 300_000 };
const privateLimits: SilenceLimits = { headersMs: undefined, idleMs: 1_800_000 };
/** An answer in one piece begins when all of it has been thought of. */
const hostedWholeAnswerMs = 600_000;

type Place = Pick<Endpoint, 'baseUrl' | 'fullUrl'>;

function placeOf(entry: CatalogEntry, address: string, settings: ProviderSettings): Place {
  const owner = { id: entry.id, origin: settings.baseUrlOrigin };
  if (settings.fullUrl !== true) {
    const { addressPath = '' } = entry;
    const apiFormat = settings.apiFormat ?? entry.apiFormat;
    return { baseUrl: cleanBaseUrl(address, { ...owner, addressPath, apiFormat }), fullUrl: undefined };
  }
  const { turnPath } = routes[settings.apiFormat ?? entry.apiFormat];
  if (!isSet(settings.baseUrl))
    throw new TraeError('config_invalid', `full_url is set for "${entry.id}", and base_url is not.`, {
      hint: `Set model_providers.${entry.id}.base_url to the whole address, what is usually appended (${turnPath}) included, or take full_url out.`,
    });
  const url = fullUrl(address, owner);
  return { baseUrl: withoutQuery(url), fullUrl: url };
}

function limitsOf(baseUrl: string, { stream, headersTimeoutMs, idleTimeoutMs }: ProviderSettings): SilenceLimits {
  const limits = isPrivate(baseUrl) ? privateLimits : hostedLimits;
  const headersMs = stream === false && !isPrivate(baseUrl) ? hostedWholeAnswerMs : limits.headersMs;
  return { headersMs: headersTimeoutMs ?? headersMs, idleMs: idleTimeoutMs ?? limits.idleMs };
}

const defaultAuth: Readonly<Record<ApiFormat, 'bearer' | 'x-api-key'>> = {
  'openai-chat': 'bearer',
  'openai-responses': 'bearer',
  anthropic: 'x-api-key',
  ollama: 'bearer',
};

/** Where turns of a protocol are asked for. */
export const turnUrl = ({ baseUrl, fullUrl }: Endpoint, apiFormat: ApiFormat): string =>
  fullUrl ?? `${baseUrl}${routes[apiFormat].turnPath}`;

export function endpointOf(entry: CatalogEntry, address: string, settings: ProviderSettings): Endpoint {
  const place = placeOf(entry, address, settings);
  const auth = settings.auth ?? entry.auth ?? defaultAuth[settings.apiFormat ?? entry.apiFormat];
  return {
    ...place,
    provider: entry.id,
    displayName: settings.displayName ?? entry.displayName,
    isPrivate: isPrivate(place.baseUrl),
    key: settings.apiKey,
    keyHeader: auth === 'bearer' ? undefined : typeof auth === 'string' ? auth : auth.header,
    isKeyHeaderChosen: settings.auth !== undefined,
    keyUrl: entry.keyUrl,
    keyVariable: entry.keyVariables[0],
    headers: { ...entry.headers, ...settings.headers },
    limits: limitsOf(place.baseUrl, settings),
    advice: entry.advice ?? {},
  };
}
