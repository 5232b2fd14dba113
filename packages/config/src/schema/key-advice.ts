import { nearest } from '@trae-cli/protocol';
import { compatibilityShape } from './compatibility-shape.js';
import { generalShape } from './general-shape.js';
import { contextWindowKeys, modelShape, priceKeys } from './model-shape.js';
import { notBuiltKeys, noEffectKeys } from './other-keys.js';
import { providerShape } from './provider-shape.js';

/** Where in a file a key stands. */
export type KeyLevel = 'top' | 'provider' | 'model' | 'context_window' | 'price' | 'compatibility' | 'agent';

const topKeys = [...Object.keys(generalShape), 'model_providers'];
const providerKeys = [...Object.keys(providerShape), 'max_completion_tokens', 'supports_tool_calling'];
const modelKeys = Object.keys(modelShape);
const agentKeys = ['model', 'max_steps', 'tools', 'enable_lakeview'];

export const knownKeys: Readonly<Record<KeyLevel, readonly string[]>> = {
  top: [...topKeys, ...notBuiltKeys],
  provider: [...providerKeys, ...noEffectKeys],
  model: modelKeys,
  context_window: contextWindowKeys,
  price: priceKeys,
  compatibility: Object.keys(compatibilityShape),
  agent: agentKeys,
};

/** What other programs call the same thing. */
const synonyms: Readonly<Record<string, string>> = {
  key: 'api_key',
  token: 'api_key',
  api_token: 'api_key',
  url: 'base_url',
  endpoint: 'base_url',
  api_base: 'base_url',
  api_url: 'base_url',
  model_name: 'model',
  model_id: 'model',
  name: 'display_name',
  retries: 'max_retries',
  max_output_tokens: 'max_tokens',
  http_headers: 'headers',
  extra_headers: 'headers',
  context_length: 'context_window',
  context_size: 'context_window',
  api_type: 'api_format',
  providers: 'model_providers',
  provider: 'default_provider',
  allowed_tools: 'tools',
  tool_call_rounds: 'max_steps',
  http_proxy: 'proxy',
  https_proxy: 'proxy',
  ca_bundle: 'ca_file',
  ca_cert: 'ca_file',
  rpm: 'requests_per_minute',
  tpm: 'tokens_per_minute',
  vision: 'multimodal',
  pricing: 'price',
  cost: 'price',
};

/** Where a key that is known elsewhere belongs; in the original's form what concerns a model stands with the model. */
const homes: Readonly<Record<KeyLevel, readonly (readonly [readonly string[], string])[]>> = {
  top: [[providerKeys, 'in an entry of "model_providers"']],
  provider: [[topKeys, 'at the top of the file']],
  model: [
    [providerKeys, 'in the entry of the provider'],
    [topKeys, 'at the top of the file'],
  ],
  context_window: [[providerKeys, 'beside "context_window"']],
  price: [[providerKeys, 'beside "price"']],
  compatibility: [[providerKeys, 'beside "compatibility"']],
  agent: [
    [providerKeys, 'in the entry of "models" that the agent names'],
    [topKeys, 'at the top of the file'],
  ],
};

type Find = typeof nearest;

const exact: Find = (key, keys) => (keys.includes(key) ? key : undefined);

/** `meant` is the key, or what a synonym of ours stands for. */
function homeAdvice(key: string, meant: string, level: KeyLevel, find: Find): string | undefined {
  for (const [keys, where] of homes[level]) {
    const found = find(meant, keys);
    if (found !== undefined) return found === key ? `it belongs ${where}` : `did you mean "${found}", ${where}?`;
  }
  return undefined;
}

/** What to do about a key that is not known where it stands, as a question or in the imperative; undefined where nobody knows. */
export function adviceFor(key: string, level: KeyLevel): string | undefined {
  const name = key.toLowerCase();
  const meant = Object.hasOwn(synonyms, name) ? (synonyms[name] ?? key) : key;
  const known = knownKeys[level];
  if (known.includes(meant)) return `did you mean "${meant}"?`;
  const home = homeAdvice(key, meant, level, exact);
  if (home !== undefined) return home;
  const near = nearest(key, known);
  return near === undefined ? homeAdvice(key, meant, level, nearest) : `did you mean "${near}"?`;
}
