import { isJsonObject, type JsonValue, type Usage } from '@trae-cli/protocol';
import { usageOf as chatUsageOf } from '../openai-compatible/usage.js';

/** The same numbers as in Chat Completions, by other names; some gateways keep the old ones. */
const newNames = [
  ['prompt_tokens', 'input_tokens'],
  ['completion_tokens', 'output_tokens'],
  ['prompt_tokens_details', 'input_tokens_details'],
  ['completion_tokens_details', 'output_tokens_details'],
] as const;

/** Usage as everybody else here counts it; undefined where there are no numbers in it. */
export function usageOf(usage: JsonValue | undefined): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const renamed = newNames.map(([name, newName]) => [name, usage[newName] ?? usage[name] ?? null] as const);
  return chatUsageOf({ ...usage, ...Object.fromEntries(renamed) });
}
