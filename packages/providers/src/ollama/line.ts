import { isJsonObject, type JsonObject, type JsonValue, parseJson, type Usage } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { idIn, textIn } from '../openai-compatible/chunk.js';
import type { CallDelta } from '../tool-calls.js';

/*
 * `OllamaChatLine` of `@trae-cli/wire` says what a line looks like. It is checked by hand here, field by field where it
 * is used: this runs for every token, and no oddity of one field may cost the others.
 */

export function parseLine(data: string): JsonObject {
  const line = parseJson(data);
  if (isJsonObject(line)) return line;
  throw new ServiceFailure({ type: 'malformed', text: data });
}

/** What went wrong, told in the middle of a success; undefined for every other line. */
export function errorIn(line: JsonObject): JsonValue | undefined {
  const { error } = line as { readonly error?: JsonValue };
  return error === undefined || error === null || error === false || error === '' ? undefined : line;
}

function argumentsText(wanted: JsonObject): string {
  const given = wanted['arguments'];
  if (given === undefined || given === null) return '';
  return typeof given === 'string' ? given : JSON.stringify(given);
}

/** The calls of a line. Each is whole, whatever index it has been given; `first` is the position of the first of them. */
export function callsIn(message: JsonObject, first: number): readonly CallDelta[] {
  const calls = message['tool_calls'];
  if (!Array.isArray(calls)) return [];
  return calls
    .filter((call: JsonValue): call is JsonObject => isJsonObject(call))
    .map((call, position) => {
      const wanted = isJsonObject(call['function']) ? call['function'] : {};
      const id = idIn(call);
      const name = textIn(wanted, 'name');
      return {
        index: first + position,
        ...(id === undefined ? {} : { id }),
        ...(name === undefined ? {} : { name }),
        arguments: argumentsText(wanted),
      };
    });
}

const countIn = (line: JsonObject, key: string): number | undefined => {
  const value = line[key];
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
};

/** A count of zero is left out. No prompt has none, so that one without a count is unknown rather than empty. */
export function usageIn(line: JsonObject): Usage | undefined {
  const input = countIn(line, 'prompt_eval_count') ?? 0;
  const output = countIn(line, 'eval_count') ?? 0;
  return input === 0 ? undefined : { input, output, reasoning: 0, cacheRead: 0, cacheWrite: 0 };
}
