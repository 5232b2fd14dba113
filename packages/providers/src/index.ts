export { catalog } from './catalog.js';
export { type Dialect, plainDialect } from './dialect.js';
export type { CatalogEntry, ModelRule, ProviderDependencies, ProviderSettings } from './entry.js';
export { type ErrorKind, errorKinds } from './error-kinds.js';
export { createRegistry, type LLMProviderRegistry, type ProviderFactory } from './registry.js';
export { defaultRetryPolicy, type RetryPolicy, withRetry } from './retry.js';
export { type Environment, headersFromEnvironment, keyFromEnvironment } from './settings.js';
