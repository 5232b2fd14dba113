import { isSet, type Secret, TraeError } from '@trae-cli/protocol';
import { cleanBaseUrl, fullUrl, isPrivate, withoutQuery } from './base-url.js';
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
  /** Where turns are asked for. */
  readonly chatUrl: string;
  /** Nothing is appended to the address, so turns are all that can be asked for. */
  readonly isFull: boolean;
  readonly isPrivate: boolean;
  readonly key: Secret | undefined;
  /** The header of the key; undefined: it is a bearer token. */
  readonly keyHeader: string | undefined;
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

type Place = Pick<Endpoint, 'baseUrl' | 'chatUrl' | 'isFull'>;

function placeOf(entry: CatalogEntry, address: string, settings: ProviderSettings): Place {
  const owner = { id: entry.id, origin: settings.baseUrlOrigin };
  if (settings.fullUrl !== true) {
    const { addressPath = '' } = entry;
    const baseUrl = cleanBaseUrl(address, { ...owner, addressPath });
    return { baseUrl, chatUrl: `${baseUrl}/chat/completions`, isFull: false };
  }
  if (!isSet(settings.baseUrl))
    throw new TraeError('config_invalid', `full_url is set for "${entry.id}", and base_url is not.`, {
      hint: `Set model_providers.${entry.id}.base_url to the whole address, /chat/completions included, or take full_url out.`,
    });
  const chatUrl = fullUrl(address, owner);
  return { baseUrl: withoutQuery(chatUrl), chatUrl, isFull: true };
}

function limitsOf(baseUrl: string, { stream, headersTimeoutMs, idleTimeoutMs }: ProviderSettings): SilenceLimits {
  const limits = isPrivate(baseUrl) ? privateLimits : hostedLimits;
  const headersMs = stream === false && !isPrivate(baseUrl) ? hostedWholeAnswerMs : limits.headersMs;
  return { headersMs: headersTimeoutMs ?? headersMs, idleMs: idleTimeoutMs ?? limits.idleMs };
}

export function endpointOf(entry: CatalogEntry, address: string, settings: ProviderSettings): Endpoint {
  const place = placeOf(entry, address, settings);
  const { auth = 'bearer' } = entry;
  return {
    ...place,
    provider: entry.id,
    displayName: settings.displayName ?? entry.displayName,
    isPrivate: isPrivate(place.baseUrl),
    key: settings.apiKey,
    keyHeader: auth === 'bearer' ? undefined : auth.header,
    keyUrl: entry.keyUrl,
    keyVariable: entry.keyVariables[0],
    headers: { ...entry.headers, ...settings.headers },
    limits: limitsOf(place.baseUrl, settings),
    advice: entry.advice ?? {},
  };
}
