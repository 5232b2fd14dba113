import type { Price } from '@trae-cli/protocol';
import type { ModelListEntry } from '@trae-cli/wire';
import { memberOf, numberOf } from './loose.js';

type Amount = string | number | undefined;
type Pricing = NonNullable<ModelListEntry['pricing']>;

const million = 1_000_000;
/** US dollars for a million tokens: more is no price but another unit. */
const mostBelievable = 10_000;

/** Without the noise of binary fractions: 0.0000007 times a million is 0.7. */
const tidy = (dollars: number): number => Number(dollars.toPrecision(9));

type Amounts = {
  readonly input: Amount;
  readonly output: Amount;
  readonly cacheRead?: Amount;
  readonly cacheWrite?: Amount;
};

/** `zeroIsFree`: whether two zeros are said on purpose, or are what the service has for models without a price. */
type Unit = { readonly times: number; readonly zeroIsFree: boolean };

const dollarsOf = (amount: Amount, { times }: Unit): number | undefined => {
  if (amount === undefined) return undefined;
  const dollars = tidy(Number(amount) * times);
  return dollars >= 0 && dollars <= mostBelievable ? dollars : undefined;
};

function priceIn(unit: Unit, amounts: Amounts): Price | undefined {
  const input = dollarsOf(amounts.input, unit);
  const output = dollarsOf(amounts.output, unit);
  if (input === undefined || output === undefined) return undefined;
  if (input === 0 && output === 0) return unit.zeroIsFree ? { input, output } : undefined;
  const cacheRead = dollarsOf(amounts.cacheRead, unit);
  const cacheWrite = dollarsOf(amounts.cacheWrite, unit);
  return {
    input,
    output,
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  };
}

/** Text is for one token, as at OpenRouter; numbers are for a million, as at Together, which has zeros for what is hired by the hour. */
function ofPricing(pricing: Pricing): Price | undefined {
  if (pricing.prompt !== undefined)
    return priceIn(
      { times: typeof pricing.prompt === 'string' ? million : 1, zeroIsFree: true },
      {
        input: pricing.prompt,
        output: pricing.completion,
        cacheRead: pricing.input_cache_read,
        cacheWrite: pricing.input_cache_write,
      },
    );
  return priceIn(
    { times: 1, zeroIsFree: false },
    { input: pricing.input, output: pricing.output, cacheRead: pricing.cached_input },
  );
}

/** LiteLLM: dollars for one token, and zeros for what it knows nothing about. */
function ofLiteLlm(entry: ModelListEntry): Price | undefined {
  const info = memberOf(entry, 'model_info');
  return priceIn(
    { times: million, zeroIsFree: false },
    {
      input: numberOf(info, 'input_cost_per_token'),
      output: numberOf(info, 'output_cost_per_token'),
      cacheRead: numberOf(info, 'cache_read_input_token_cost'),
      cacheWrite: numberOf(info, 'cache_creation_input_token_cost'),
    },
  );
}

/** What an entry of a service's list says that the model costs. */
export function listPrice(entry: ModelListEntry): Price | undefined {
  const { input_token_price_per_m: input, output_token_price_per_m: output, pricing } = entry;
  return (
    (pricing === undefined ? undefined : ofPricing(pricing)) ??
    // Novita counts in ten-thousandths of a dollar.
    priceIn({ times: 1 / 10_000, zeroIsFree: true }, { input, output }) ??
    ofLiteLlm(entry)
  );
}
