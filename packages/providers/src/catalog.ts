import { type Dialect, plainDialect } from './dialect.js';
import type { CatalogEntry, ModelRule } from './entry.js';

const thinkingOpenAi: Partial<Dialect> = { instructionsRole: 'developer', sampling: 'none' };

/** Tools are refused over Chat Completions unless the effort is `none`, also where the field is left out. */
const withoutEffort = { dialect: thinkingOpenAi, parameters: { reasoning_effort: 'none' }, images: true } as const;

const responsesOnly = 'calls tools only over the Responses API, which is not spoken here yet; gpt-4.1 works.';

const openAiModels: readonly ModelRule[] = [
  { pattern: /^gpt-4\.1(-.+)?$/, contextWindow: 1_047_576, maxOutput: 32_768, images: true },
  { pattern: /^gpt-4o(-.+)?$/, contextWindow: 128_000, maxOutput: 16_384, images: true },
  {
    pattern: /^gpt-6(\.1-sol|-astra)(-.+)?$/,
    contextWindow: 272_000,
    maxOutput: 128_000,
    images: true,
    dialect: thinkingOpenAi,
    notice: responsesOnly,
  },
  { pattern: /^gpt-6.*$/, contextWindow: 272_000, maxOutput: 128_000, ...withoutEffort },
  { pattern: /^gpt-5\.[4-9].*$/, contextWindow: 272_000, maxOutput: 128_000, ...withoutEffort },
  { pattern: /^gpt-5.*$/, contextWindow: 400_000, maxOutput: 128_000, images: true, dialect: thinkingOpenAi },
  { pattern: /^o3-mini.*$/, contextWindow: 200_000, dialect: { ...thinkingOpenAi, parallelToolCalls: false } },
  {
    pattern: /^o\d.*$/,
    contextWindow: 200_000,
    images: true,
    dialect: { ...thinkingOpenAi, parallelToolCalls: false },
  },
];

const openai: CatalogEntry = {
  id: 'openai',
  displayName: 'OpenAI',
  kind: 'openai-compatible',
  baseUrl: 'https://api.openai.com/v1',
  keyVariables: ['OPENAI_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['OPENAI_BASE_URL'],
  defaultModel: 'gpt-4.1',
  keyUrl: 'https://platform.openai.com/api-keys',
  dialect: {
    ...plainDialect,
    maxTokensField: 'max_completion_tokens',
    parallelToolCalls: true,
    sampling: 'no top_k',
  },
  models: openAiModels,
};

/** Without this Claude and Qwen are read anew, and paid for anew, at every step. */
const cached = { cache_control: { type: 'ephemeral' } } as const;

const openRouterModels: readonly ModelRule[] = [
  {
    pattern: /^anthropic\/claude-3\.5-sonnet(:.+)?$/,
    contextWindow: 200_000,
    images: true,
    dialect: { sampling: 'temperature only' },
    parameters: cached,
    notice: 'has probably been withdrawn; anthropic/claude-sonnet-5.5 is its successor.',
  },
  {
    // Refuses both sampling parameters, whatever their values.
    pattern: /^~?anthropic\/claude-\w+-5.*$/,
    contextWindow: 1_000_000,
    maxOutput: 128_000,
    images: true,
    dialect: { sampling: 'none' },
    parameters: cached,
  },
  {
    pattern: /^~?anthropic\/claude-\w+-4\.[789].*$/,
    contextWindow: 200_000,
    images: true,
    dialect: { sampling: 'none' },
    parameters: cached,
  },
  {
    pattern: /^~?anthropic\/.*$/,
    contextWindow: 200_000,
    images: true,
    dialect: { sampling: 'temperature only' },
    parameters: cached,
  },
  { pattern: /^openai\/gpt-6-(sol|luna)$/, contextWindow: 1_050_000, maxOutput: 128_000, images: true },
  { pattern: /^openai\/gpt-4o(-mini)?$/, contextWindow: 128_000, images: true },
  { pattern: /^google\/gemini-3\.8-flash$/, contextWindow: 1_000_000, maxOutput: 65_536, images: true },
  { pattern: /^google\/gemma-4-31b-it:free$/, contextWindow: 262_144, maxOutput: 32_768, images: true },
  {
    pattern: /^google\/gemma-2-9b-it:free$/,
    contextWindow: 8192,
    notice: 'has probably been withdrawn, and its window of 8,192 tokens is too small for an agent.',
  },
  { pattern: /^(deepseek\/deepseek-v4\.1-flash|z-ai\/glm-5\.3|moonshotai\/kimi-k3\.1-pro)$/, contextWindow: 1_000_000 },
  { pattern: /^qwen\/qwen3\.8-flash$/, contextWindow: 1_000_000, maxOutput: 131_072, parameters: cached },
  { pattern: /^qwen\/qwen3-coder$/, contextWindow: 262_144, maxOutput: 65_536, parameters: cached },
  { pattern: /^qwen\/.*$/, parameters: cached },
  { pattern: /^cohere\/north-mini-code:free$/, contextWindow: 256_000, maxOutput: 64_000 },
  { pattern: /^nvidia\/nemotron-3-ultra-550b-a55b:free$/, contextWindow: 1_000_000, maxOutput: 65_536 },
  { pattern: /^meta-llama\/llama-3\.1-70b-instruct$/, contextWindow: 131_072 },
];

const openrouter: CatalogEntry = {
  id: 'openrouter',
  displayName: 'OpenRouter',
  kind: 'openai-compatible',
  baseUrl: 'https://openrouter.ai/api/v1',
  keyVariables: ['OPENROUTER_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['OPENROUTER_BASE_URL'],
  defaultModel: 'anthropic/claude-sonnet-5.5',
  keyUrl: 'https://openrouter.ai/settings/keys',
  dialect: {
    ...plainDialect,
    maxTokensField: 'max_completion_tokens',
    // Usage is always reported here.
    streamUsage: false,
    parallelToolCalls: true,
    replayReasoning: 'reasoning_details',
  },
  models: openRouterModels,
  headerVariables: { 'HTTP-Referer': 'OPENROUTER_SITE_URL', 'X-Title': 'OPENROUTER_SITE_NAME' },
};

const groqRetired = 'has been shut down; openai/gpt-oss-120b is the suggestion in its place.';

const groqModels: readonly ModelRule[] = [
  { pattern: /^openai\/gpt-oss-(120b|20b)$/, contextWindow: 131_072, maxOutput: 65_536 },
  {
    pattern: /^qwen\/qwen3\..*$/,
    contextWindow: 131_072,
    maxOutput: 16_384,
    images: true,
    parameters: { reasoning_format: 'parsed' },
  },
  { pattern: /^minimaxai\/minimax-m2\.7$/, contextWindow: 196_608, maxOutput: 131_072 },
  {
    pattern: /^groq\/compound(-mini)?$/,
    contextWindow: 131_072,
    maxOutput: 8192,
    notice: "runs the service's own tools only, so it cannot work on files here; openai/gpt-oss-120b can.",
  },
  { pattern: /^llama-3\.1-70b-versatile$/, contextWindow: 131_072, notice: groqRetired },
  { pattern: /^mixtral-8x7b-32768$/, contextWindow: 32_768, notice: groqRetired },
  { pattern: /^gemma2-9b-it$/, contextWindow: 8192, notice: groqRetired },
  {
    pattern: /^llama-3\.(1-8b-instant|3-70b-versatile)$/,
    contextWindow: 131_072,
    notice: 'was announced for removal in August 2026; openai/gpt-oss-120b is the suggestion in its place.',
  },
];

const groq: CatalogEntry = {
  id: 'groq',
  displayName: 'Groq',
  kind: 'openai-compatible',
  baseUrl: 'https://api.groq.com/openai/v1',
  keyVariables: ['GROQ_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['GROQ_BASE_URL'],
  defaultModel: 'openai/gpt-oss-120b',
  keyUrl: 'https://console.groq.com/keys',
  dialect: {
    ...plainDialect,
    maxTokensField: 'max_completion_tokens',
    parallelToolCalls: true,
    sampling: 'no top_k',
  },
  models: groqModels,
};

/** Any other server: LiteLLM, vLLM, llama.cpp, LM Studio, a gateway. The profile that refuses least. */
const openaiCompatible: CatalogEntry = {
  id: 'openai_compatible',
  displayName: 'OpenAI-compatible',
  kind: 'openai-compatible',
  keyVariables: ['OPENAI_COMPATIBLE_API_KEY'],
  keyRequired: false,
  baseUrlVariables: ['OPENAI_COMPATIBLE_BASE_URL'],
  dialect: { ...plainDialect, replayReasoning: 'as received' },
  models: [],
};

/** The built-in vendors. The order decides who is asked when nobody is named. */
export const catalog: readonly CatalogEntry[] = [openai, openrouter, groq, openaiCompatible];
