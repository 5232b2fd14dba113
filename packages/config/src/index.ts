export { describeSource, type DescribeOptions } from './describe-source.js';
export type { ConfigDocument, ConfigPath, Position } from './document.js';
export { type ConfigChange, editConfig, writeNewConfig } from './edit/edit-config.js';
export type { Finding } from './finding.js';
export { type AddressUse, checkAddress, isUntrusted } from './guard.js';
export { loadConfig } from './load.js';
export type {
  ApiFormat,
  ConfigRequest,
  GeneralSettings,
  Leaf,
  LoadedConfig,
  ModelConfig,
  NamedFile,
  ProviderConfig,
  ToolMode,
} from './loaded-config.js';
export { configurationReference, type KeyReference } from './schema/reference.js';
export { isPlaceholderKey } from './secrets/placeholder.js';
export { isSecretAddress, looksLikeKey } from './secrets/secret-like.js';
export { tidyKey, type TidyKey } from './secrets/tidy-key.js';
export type { ConfigFile, FileScope, Setting, Source } from './source.js';
export {
  addTrustedFolder,
  readTrustStore,
  removeTrustedFolder,
  type TrustedFolder,
  type TrustStore,
} from './trust/trust-store.js';
