import type { JsonValue } from '@trae-cli/protocol';
import { pricesAsOf } from '@trae-cli/providers';
import type { PlannedProvider } from '../model/plan-provider.js';
import type { ModelRow } from './model-table.js';
import type { Offer } from './offered-models.js';
import { shownAddress } from './shown-address.js';

const modelDocument = ({ info, isDefault }: ModelRow): JsonValue => ({
  id: info.id,
  default: isDefault,
  contextWindow: info.contextWindow ?? null,
  maxOutput: info.maxOutput ?? null,
  tools: info.tools ?? null,
  images: info.images ?? null,
  reasoning: info.reasoning ?? null,
  price:
    info.price === undefined ? null : { ...info.price, tiers: (info.price.tiers ?? []).map((tier) => ({ ...tier })) },
  notice: info.notice ?? null,
});

/** The models for programs: version 1. Null is unknown. */
export const modelsDocument = (
  { entry, settings }: PlannedProvider,
  { unasked }: Pick<Offer, 'unasked'>,
  rows: readonly ModelRow[],
): JsonValue => ({
  version: 1,
  provider: entry.id,
  baseUrl: shownAddress(settings.baseUrl ?? entry.baseUrl) ?? null,
  source: unasked === undefined ? 'service' : 'known',
  reason: unasked ?? null,
  pricesAsOf,
  models: rows.map(modelDocument),
});
