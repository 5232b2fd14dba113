import { isJsonObject, type JsonObject, type JsonValue, parseArguments } from '@trae-cli/protocol';
import type { KnownTools } from './known-tools.js';
import type { SpokenCall } from './reading.js';

const nameKeys = ['name', 'tool', 'tool_name', 'function'] as const;
const argumentKeys = ['arguments', 'parameters', 'args', 'input'] as const;
const otherKeys = ['type', 'id', 'call_id', 'tool_call_id'];
const allKeys: ReadonlySet<string> = new Set([...nameKeys, ...argumentKeys, ...otherKeys]);

/** The beginning of an object that may be a call, as far as its first key tells. */
export const callBeginning = new RegExp(String.raw`^\s*\[?\s*\{\s*"(?:${[...allKeys].join('|')})"\s*:`);

/** Undefined for what cannot be arguments. A string that holds an object is opened. */
function argumentsFrom(given: JsonValue | undefined): JsonObject | undefined {
  if (given === undefined || given === null) return {};
  if (isJsonObject(given)) return given;
  const opened = typeof given === 'string' ? parseArguments(given) : undefined;
  return opened?.ok === true ? opened.value : undefined;
}

function callIn(object: JsonObject, tools: KnownTools): SpokenCall | undefined {
  const nested = object['function'];
  if (isJsonObject(nested)) return callIn(nested, tools);
  const name = nameKeys.map((key) => object[key]).find((value) => typeof value === 'string');
  const given = argumentsFrom(argumentKeys.map((key) => object[key]).find((value) => value !== undefined));
  if (name === undefined || given === undefined) return undefined;
  const spec = tools.find(name);
  return { name: spec?.name ?? name, arguments: given, spec, ignored: [] };
}

/** The calls that a JSON value is; undefined where it, or one of its items, is none. */
export function callsIn(value: JsonValue, tools: KnownTools): readonly SpokenCall[] | undefined {
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  const calls = items.map((item) => (isJsonObject(item) ? callIn(item, tools) : undefined));
  const all = calls.filter((call) => call !== undefined);
  return all.length === 0 || all.length < calls.length ? undefined : all;
}

/** Has a name, arguments and nothing else: a manifest has a name too, and the description of a tool has parameters. */
export function isNothingButCalls(value: JsonValue): boolean {
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return items.every((item) => {
    if (!isJsonObject(item)) return false;
    const { function: nested } = item;
    const inner = isJsonObject(nested) ? nested : item;
    return (
      Object.keys(item).every((key) => allKeys.has(key)) &&
      Object.keys(inner).every((key) => allKeys.has(key)) &&
      argumentKeys.some((key) => inner[key] !== undefined)
    );
  });
}
