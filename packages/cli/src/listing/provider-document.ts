import type { JsonValue, TraeError } from '@trae-cli/protocol';
import { shownAddress } from './shown-address.js';
import type { KeyState, ProviderRow, ProviderSurvey } from './survey-providers.js';

function keyDocument(key: KeyState): JsonValue {
  switch (key.state) {
    case 'set':
      return { state: key.state, from: key.from };
    case 'placeholder':
      return { state: key.state, from: key.where };
    case 'missing':
    case 'not needed':
      return { state: key.state, from: null };
    default:
      return key satisfies never;
  }
}

const providerDocument = ({ address, entry, isConfigured, key, model }: ProviderRow): JsonValue => ({
  id: entry.id,
  displayName: entry.displayName,
  aliases: [...(entry.aliases ?? [])],
  apiFormat: entry.apiFormat,
  configured: isConfigured,
  key: keyDocument(key),
  keyRequired: entry.keyRequired,
  keyVariables: [...entry.keyVariables],
  baseUrl: shownAddress(address?.url) ?? null,
  baseUrlFrom: address?.from ?? null,
  defaultModel: model?.id ?? null,
  defaultModelFrom: model?.from ?? null,
  models: [...(entry.popularModels ?? [])],
  keyUrl: entry.keyUrl ?? null,
  websiteUrl: entry.websiteUrl ?? null,
  docsUrl: entry.docsUrl ?? null,
  freeTier: entry.freeTier ?? null,
  rateLimit: entry.rateLimit ?? null,
  notes: [...(entry.notes ?? [])],
});

/** The providers for programs: version 1. `problem`: why a run with the one that was named would end at once. */
export const providersDocument = ({ chosen, rows }: ProviderSurvey, problem?: TraeError): JsonValue => ({
  version: 1,
  chosen: chosen === undefined ? null : { provider: chosen.id, reason: chosen.reason ?? null },
  providers: rows.map(providerDocument),
  problem: problem === undefined ? null : { ...problem.toRecord() },
});
