import type { Compatibility, JsonObject, JsonValue, Price } from '@trae-cli/protocol';
import type { ModelConfig } from '../loaded-config.js';
import { modelShape, modelValues } from '../schema/model-shape.js';
import type { Setting, Source } from '../source.js';

type ModelKey = keyof typeof modelShape;
type Values = ReturnType<typeof modelValues.parse>;

/** A value, by its key and whatever that is divided into: `['context_window', 'input']`. */
export type SaidOfModel = { readonly path: readonly string[]; readonly value: JsonValue; readonly source: Source };

export const isModelKey = (key: string | undefined): key is ModelKey =>
  key !== undefined && Object.hasOwn(modelShape, key);

/** What was divided into its parts, as one value again. */
function combined(said: readonly SaidOfModel[]): JsonValue {
  const whole = said.find(({ path }) => path.length === 0);
  if (whole !== undefined) return whole.value;
  const parts = new Map<string, readonly SaidOfModel[]>();
  for (const { path, value, source } of said) {
    const [first = '', ...rest] = path;
    parts.set(first, [...(parts.get(first) ?? []), { path: rest, value, source }]);
  }
  const object: JsonObject = Object.fromEntries([...parts].map(([part, inner]) => [part, combined(inner)]));
  return object;
}

/** How much goes in may be said below the file that says how much comes out, and nowhere. */
const isWhole = (key: string, value: JsonValue): boolean =>
  key !== 'context_window' || typeof value !== 'object' || (value !== null && 'input' in value);

function windowOf({ context_window: size }: Values): { readonly input: number; readonly output?: number } | undefined {
  if (size === undefined || typeof size === 'number') return size === undefined ? undefined : { input: size };
  return { input: size.input, ...(size.output === undefined ? {} : { output: size.output }) };
}

function priceOf({ price }: Values): Price | undefined {
  if (price === undefined) return undefined;
  const { cache_read: cacheRead, cache_write: cacheWrite, input, output } = price;
  return {
    input,
    output,
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  };
}

function compatibilityOf({ compatibility }: Values): Compatibility | undefined {
  if (compatibility === undefined) return undefined;
  const { adapt, omit, rename, set } = compatibility;
  return {
    ...(omit === undefined ? {} : { omit }),
    ...(rename === undefined ? {} : { rename }),
    ...(set === undefined ? {} : { set }),
    ...(adapt === undefined ? {} : { adapt }),
  };
}

/** What the files say of a model, in the words of the code; each value has the source of the first of its parts. */
export function resolveModel(said: readonly SaidOfModel[]): ModelConfig {
  const own = said.filter(({ path }) => isModelKey(path[0]));
  const values: JsonValue = combined(own);
  const whole = Object.entries(values ?? {}).filter(([key, value]) => isWhole(key, value as JsonValue));
  const entry = modelValues.parse(Object.fromEntries(whole));
  const setting = <Value>(key: ModelKey, value: Value | undefined): Setting<Value> | undefined => {
    const source = own.find(({ path }) => path[0] === key)?.source;
    return value === undefined || source === undefined ? undefined : { value, source };
  };
  return {
    contextWindow: setting('context_window', windowOf(entry)),
    multimodal: setting('multimodal', entry.multimodal),
    reasoning: setting('reasoning', entry.reasoning),
    toolMode: setting('tool_mode', entry.tool_mode),
    price: setting('price', priceOf(entry)),
    compatibility: setting('compatibility', compatibilityOf(entry)),
  };
}
