export { type ApiFormat, apiFormats } from './api-format.js';
export { catalog } from './catalog/catalog.js';
export { furtherKeyVariables } from './catalog/strangers.js';
export { customEntry, variableName } from './custom-entry.js';
export { isOwnAddress } from './base-url.js';
export { type Dialect, plainDialect } from './dialect.js';
export { download } from './download.js';
export type {
  CatalogEntry,
  ModelRule,
  ModelSettings,
  NetworkSettings,
  PaceLimits,
  ProviderDependencies,
  ProviderSettings,
  ToolMode,
} from './entry.js';
export { headersFromEnvironment } from './environment-headers.js';
export { type ErrorKind, errorKinds } from './error-kinds.js';
export { aboutModel, type Witnesses } from './knowledge/about-model.js';
export { priceOf } from './knowledge/price-of.js';
export { pricesAsOf } from './knowledge/prices-as-of.js';
export { probeReach, type Reach, type ReachFinding } from './probe/probe-reach.js';
export { probeSpeech, type SpeechFinding } from './probe/probe-speech.js';
export { reachedAddress } from './probe/reached-address.js';
export { probeTools, type ToolsFinding } from './probe/probe-tools.js';
export { createRegistry, type LLMProviderRegistry, type ProviderFactory } from './registry.js';
export { type ProviderReference, providerReference } from './provider-reference.js';
export { defaultRetryPolicy, type RetryPolicy } from './retry.js';
export { type ReasoningEffort, reasoningEfforts, type Thinking } from './thinking.js';
