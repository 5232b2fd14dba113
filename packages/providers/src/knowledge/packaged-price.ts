import {
  calcPrice,
  findProvider,
  type MatchLogic,
  type ModelPrice,
  type Provider,
  type TieredPrices,
} from '@pydantic/genai-prices';
import type { Price } from '@trae-cli/protocol';
import { pricesAsOf } from './prices-as-of.js';

/** What may stand behind the name of a model and leave it the same model: a date, a version by number, `latest`. */
const sameModel = /^(?:[-@:.]?(?:\d{8}|\d{4}-\d{2}-\d{2}|\d{2}-\d{4}|\d{3,4}|v?\d+:\d+|latest))?$/;

/**
 * Whether it says this very model. Its own prefixes and fragments let another model through that is called alike, and a
 * wrong price is worse than none.
 */
function names(match: MatchLogic, id: string): boolean {
  if ('or' in match) return match.or.some((one) => names(one, id));
  if ('and' in match) return match.and.some((one) => names(one, id)) && match.and.every((one) => allows(one, id));
  if ('equals' in match) return match.equals.toLowerCase() === id;
  if ('starts_with' in match) {
    const start = match.starts_with.toLowerCase();
    return id.startsWith(start) && sameModel.test(id.slice(start.length));
  }
  return 'regex' in match && /^\^[^|]*\$$/.test(match.regex) && new RegExp(match.regex).test(id);
}

/** What stands beside a name to leave others out. */
const allows = (match: MatchLogic, id: string): boolean =>
  'regex' in match ? new RegExp(match.regex).test(id) : names(match, id);

/** Of the provider itself, then of those whose models it sells at their prices. */
function soldBy(provider: Provider): readonly Provider[] {
  const others = (provider.fallback_model_providers ?? []).flatMap((id) => findProvider({ providerId: id }) ?? []);
  return [provider, ...others];
}

const isTiered = (price: number | TieredPrices): price is TieredPrices => typeof price !== 'number';

/** The price of a million tokens, of a request whose input has more than `above`. */
function at(price: number | TieredPrices | undefined, above: number): number | undefined {
  if (price === undefined || !isTiered(price)) return price;
  return price.tiers.filter(({ start }) => start <= above).at(-1)?.price ?? price.base;
}

function pricesAbove(prices: ModelPrice, above: number): Price | undefined {
  const input = at(prices['input_mtok'], above);
  const output = at(prices['output_mtok'], above);
  if (input === undefined || output === undefined) return undefined;
  const cacheRead = at(prices['cache_read_mtok'], above);
  const cacheWrite = at(prices['cache_write_mtok'], above);
  return {
    input,
    output,
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  };
}

const tokenKeys = ['input_mtok', 'output_mtok', 'cache_read_mtok', 'cache_write_mtok'] as const;

function asPrice(prices: ModelPrice): Price | undefined {
  const base = pricesAbove(prices, -1);
  const bounds = tokenKeys.flatMap((key) => {
    const price = prices[key];
    return price === undefined || !isTiered(price) ? [] : price.tiers.map(({ start }) => start);
  });
  const ascending = [...new Set(bounds)].toSorted((one, other) => one - other);
  const tiers = ascending.flatMap((above) => {
    const price = pricesAbove(prices, above);
    return price === undefined ? [] : [{ above, ...price }];
  });
  return base === undefined || tiers.length === 0 ? base : { ...base, tiers };
}

/** Prices may change by date or hour: those of the day that the table is of, at noon. */
function pricesOf(provider: Provider, id: string): Price | undefined {
  const model = provider.models.find(({ match }) => names(match, id));
  if (model === undefined) return undefined;
  const alone = { ...provider, models: [model], fallback_model_providers: [] };
  const found = calcPrice({}, id, { provider: alone, timestamp: new Date(`${pricesAsOf}T12:00:00Z`) });
  return found === null ? undefined : asPrice(found.model_price);
}

/** What the package says of a model of the service at one of these addresses; undefined where it does not know it by name. */
export function packagedPrice(id: string, addresses: readonly string[]): Price | undefined {
  const name = id.toLowerCase().trim();
  for (const providerApiUrl of addresses) {
    const provider = findProvider({ providerApiUrl });
    const [price] = provider === undefined ? [] : soldBy(provider).flatMap((seller) => pricesOf(seller, name) ?? []);
    if (price !== undefined) return price;
  }
  return undefined;
}
