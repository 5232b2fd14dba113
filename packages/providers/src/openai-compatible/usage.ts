import { isJsonObject, type JsonObject, type JsonValue, type Usage } from '@trae-cli/protocol';

/** JSON has numbers that are infinite here (1e999), and others that no bill was ever made of: they count as not told. */
const isCount = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

const numberIn = (object: JsonValue | undefined, key: string): number | undefined => {
  const value = isJsonObject(object) ? object[key] : undefined;
  return isCount(value) ? Math.max(0, value) : undefined;
};

/** Some services count reasoning beside the output rather than inside it; then the total gives it away. */
function outputOf(usage: JsonObject, reasoning: number): number {
  const output = numberIn(usage, 'completion_tokens') ?? 0;
  const total = numberIn(usage, 'total_tokens') ?? 0;
  const isBeside = reasoning > 0 && total > (numberIn(usage, 'prompt_tokens') ?? 0) + output;
  return isBeside ? output + reasoning : output;
}

/** Usage as everybody else here counts it; undefined where there are no numbers in it. */
export function usageOf(usage: JsonValue | undefined): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const prompt = numberIn(usage, 'prompt_tokens');
  if (prompt === undefined && numberIn(usage, 'completion_tokens') === undefined) return undefined;
  const details = usage['prompt_tokens_details'];
  const cacheRead =
    numberIn(details, 'cached_tokens') ??
    numberIn(usage, 'prompt_cache_hit_tokens') ??
    numberIn(usage, 'cached_tokens') ??
    0;
  const cacheWrite = numberIn(details, 'cache_write_tokens') ?? numberIn(details, 'cache_creation_input_tokens') ?? 0;
  const reasoning = numberIn(usage['completion_tokens_details'], 'reasoning_tokens') ?? 0;
  const costUsd = numberIn(usage, 'cost');
  return {
    // What is cached is counted inside the prompt, by every vendor of this protocol.
    input: Math.max(0, (prompt ?? 0) - cacheRead - cacheWrite),
    output: outputOf(usage, reasoning),
    reasoning,
    cacheRead,
    cacheWrite,
    ...(costUsd === undefined ? {} : { costUsd }),
  };
}
