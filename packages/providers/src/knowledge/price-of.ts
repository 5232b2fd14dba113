import type { Price } from '@trae-cli/protocol';
import { aboutModel, isPricedByEntry, type Witnesses } from './about-model.js';

/**
 * What a model costs, if anybody knows: the person, the service, the table, and at last the packaged prices, which are
 * loaded only when it comes to that. Undefined is not free.
 */
export async function priceOf(id: string, witnesses: Witnesses): Promise<Price | undefined> {
  const { price } = aboutModel(id, witnesses);
  if (price !== undefined || !isPricedByEntry(witnesses)) return price;
  const { entry, settings } = witnesses;
  const addresses = [settings.baseUrl, entry.baseUrl].flatMap((address) => address?.trim() ?? []);
  if (addresses.length === 0) return undefined;
  const { packagedPrice } = await import('./packaged-price.js');
  return packagedPrice(id, addresses);
}
