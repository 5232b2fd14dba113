import { z } from 'zod';
import { parseArguments } from './arguments.js';
import { clipped } from './clipped.js';
import { isJsonObject, type JsonObject, type JsonValue } from './json.js';
import { failure, type Tool, type ToolContext, type ToolEffect, type ToolResult } from './tool.js';

export type ToolDefinition<Input extends z.ZodObject> = {
  readonly name: string;
  readonly description: string;
  /** One effect for every call, or a function of the input where it differs by call. */
  readonly effect: ToolEffect | ((input: z.output<Input>) => ToolEffect);
  /** The effect of a call whose input cannot be read, where `effect` is a function. */
  readonly strongestEffect?: ToolEffect;
  readonly input: Input;
  run(input: z.output<Input>, context: ToolContext): Promise<ToolResult>;
};

/** zod spells out the range of safe integers and the dialect; some vendors' grammars reject both. */
const isNoise = (key: string, value: JsonValue): boolean =>
  key === '$schema' ||
  (key === 'maximum' && value === Number.MAX_SAFE_INTEGER) ||
  (key === 'minimum' && value === Number.MIN_SAFE_INTEGER);

function withoutNoise(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNoise);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (isNoise(key, inner) ? [] : [[key, withoutNoise(inner)]])),
  );
}

function inputSchemaOf(input: z.ZodObject): JsonObject {
  const schema = withoutNoise(z.toJSONSchema(input, { io: 'input' }) as JsonValue);
  return isJsonObject(schema) ? { properties: {}, ...schema, type: 'object' } : { type: 'object', properties: {} };
}

/**
 * Models write `"3"` for 3, `"[1, 2]"` for [1, 2], and null for what they leave out: a string where something else is
 * wanted is read as JSON, and a null that is not wanted is nothing.
 */
function withSlipsMended(value: JsonObject, error: z.ZodError): JsonObject {
  const mended = new Map(Object.entries(value));
  for (const issue of error.issues) {
    const [key] = issue.path;
    if (issue.code !== 'invalid_type' || issue.path.length !== 1 || typeof key !== 'string') continue;
    const given = mended.get(key);
    if (given === null) mended.delete(key);
    if (typeof given !== 'string') continue;
    try {
      mended.set(key, JSON.parse(given) as JsonValue);
    } catch {
      // Stays what it was, and the schema's own words are the answer.
    }
  }
  return Object.fromEntries(mended);
}

/** Enough to mend a call by; whoever has more wrong with it reads the rest next time. */
const mostProblems = 5;
const longestProblem = 300;

function problemsOf({ issues }: z.ZodError): string {
  const problems = issues.slice(0, mostProblems).map(({ path, message }) => {
    return clipped(`${path.join('.') || 'arguments'}: ${message}`, longestProblem);
  });
  const left = issues.length - problems.length;
  return [...problems, ...(left > 0 ? [`${left} more like these`] : [])].join('; ');
}

type Read<Input extends z.ZodObject> = { readonly input: z.output<Input> } | { readonly problem: string };

function readInput<Input extends z.ZodObject>(definition: ToolDefinition<Input>, rawArguments: string): Read<Input> {
  const parsed = parseArguments(rawArguments);
  if (!parsed.ok) {
    return {
      problem: `The arguments were not valid JSON (${parsed.problem}). Send the call to ${definition.name} again with a complete JSON object.`,
    };
  }
  const first = definition.input.safeParse(parsed.value);
  if (first.success) return { input: first.data };
  const second = definition.input.safeParse(withSlipsMended(parsed.value, first.error));
  if (second.success) return { input: second.data };
  const accepted = Object.keys(definition.input.shape).join(', ');
  return { problem: `Wrong arguments for ${definition.name}: ${problemsOf(first.error)}. It takes: ${accepted}.` };
}

/** Closes over the schema: what the model is shown and what its words are checked against are the same object. */
export function defineTool<Input extends z.ZodObject>(definition: ToolDefinition<Input>): Tool {
  const { name, description, effect } = definition;
  return {
    spec: { name, description, inputSchema: inputSchemaOf(definition.input) },
    effectOf(rawArguments) {
      if (typeof effect !== 'function') return effect;
      const read = readInput(definition, rawArguments);
      return 'input' in read ? effect(read.input) : (definition.strongestEffect ?? 'execute');
    },
    async invoke(rawArguments, context) {
      const read = readInput(definition, rawArguments);
      return 'input' in read ? definition.run(read.input, context) : failure(read.problem);
    },
  };
}
