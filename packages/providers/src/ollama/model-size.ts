import { isJsonObject, type JsonValue } from '@trae-cli/protocol';
import type { OllamaShow } from '@trae-cli/wire';

const gibibyte = 1024 ** 3;
/** Of a model nobody knows the size of: what people run at home. */
const usualParameters = 8e9;
const usualBitsPerWeight = 5;
/** Keys and values of one token in a model of that size with grouped heads: 32 layers, 8 heads of 128, two bytes each. */
const usualBytesPerToken = 131_072;
/** Of what is left beside the weights, for the buffers of the computation. */
const usableShare = 0.9;

type Numbers = (key: string) => JsonValue | undefined;

/** The entries of `model_info` under the name of the architecture. */
function about({ model_info: info = {} }: OllamaShow): Numbers {
  const entries = info as Readonly<Record<string, JsonValue>>;
  const architecture = entries['general.architecture'];
  return (key) => entries[key] ?? (typeof architecture === 'string' ? entries[`${architecture}.${key}`] : undefined);
}

const countIn = (value: JsonValue | undefined): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;

/** The window that the model was trained with, in tokens. */
export function trainedWindow(shown: OllamaShow): number | undefined {
  const told = countIn(about(shown)('context_length'));
  if (told !== undefined) return told;
  const info = shown.model_info;
  const other = isJsonObject(info as JsonValue | undefined)
    ? Object.entries(info ?? {}).find(([key]) => key.endsWith('.context_length'))
    : undefined;
  return countIn(other?.[1] as JsonValue | undefined) ?? shown.details?.context_length;
}

const scales: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

function parametersOf(shown: OllamaShow): number | undefined {
  const told = countIn(about(shown)('general.parameter_count'));
  const [, count, scale = ''] = /^([\d.]+)\s*([KMBT])$/i.exec(shown.details?.parameter_size ?? '') ?? [];
  return told ?? (count === undefined ? undefined : Number(count) * (scales[scale.toUpperCase()] ?? 1));
}

/** Q4_K_M takes 4.75 bits, F16 sixteen. */
function bitsPerWeight({ details }: OllamaShow): number {
  const bits = Number(/\d+/.exec(details?.quantization_level ?? '')?.[0] ?? usualBitsPerWeight);
  return bits >= 16 ? bits : bits + 0.75;
}

/** One number for all layers, or one for each. */
function headsOver(layers: number, heads: JsonValue | undefined): number | undefined {
  if (!Array.isArray(heads)) {
    const each = countIn(heads);
    return each === undefined ? undefined : each * layers;
  }
  return countIn(heads.reduce<number>((sum, count: JsonValue) => sum + (countIn(count) ?? 0), 0));
}

/** What one token of the conversation takes: a key and a value of two bytes an item, per head and layer. */
function bytesPerToken(shown: OllamaShow, parameters: number): number {
  const info = about(shown);
  const layers = countIn(info('block_count'));
  const queryHeads = countIn(info('attention.head_count'));
  const width = countIn(info('embedding_length'));
  const keyLength = countIn(info('attention.key_length')) ?? (width ?? Number.NaN) / (queryHeads ?? Number.NaN);
  const valueLength = countIn(info('attention.value_length')) ?? keyLength;
  const heads = layers === undefined ? undefined : headsOver(layers, info('attention.head_count_kv') ?? queryHeads);
  if (heads !== undefined && keyLength > 0) return 2 * heads * (keyLength + valueLength);
  return usualBytesPerToken * Math.max(1, Math.sqrt(parameters / usualParameters));
}

/**
 * How many tokens of a conversation fit into the memory beside the model: what is left when the weights (parameters by
 * bits of the quantization) are in, less a tenth, over what the keys and values of one token take in 16 bits. Layers
 * that look back only so far take less than is reckoned here. Where the server does not say how the model is built, it
 * is taken for one of 8 billion parameters with grouped heads, and keys and values grow with the root of the size.
 */
export function tokensThatFit(shown: OllamaShow, memoryBytes: number): number {
  const parameters = parametersOf(shown) ?? usualParameters;
  const weights = (parameters * bitsPerWeight(shown)) / 8;
  return Math.max(0, Math.floor(((memoryBytes - weights) * usableShare) / bytesPerToken(shown, parameters)));
}

/** Too small for a long conversation beside any model worth having. */
export const isSmallMemory = (bytes: number): boolean => bytes < 16 * gibibyte;
