import { isJsonObject, type JsonValue } from '@trae-cli/protocol';
import { z } from 'zod';

/** Whatever is not there, or is not what it should be, is not known: files of several generations are about. */
const known = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const anything = z.custom<JsonValue>(() => true).optional();

/** Every generation writes an empty text, or null, for what it does not know. */
const filled = known(z.string().regex(/\S/));
const count = known(z.number().nonnegative());

/** What is text everywhere but in some servers' answers, which may be any JSON. */
const textual = anything
  .transform((value) =>
    value === undefined || value === null || typeof value === 'string' ? value : JSON.stringify(value),
  )
  .transform((text) => (text?.trim() ? text : undefined));

const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(known(item))
    .catch([])
    .transform((items) => items.flatMap((found) => (found === undefined ? [] : [found])));

/** A call's own words where they were no JSON object, which this program keeps under a name of their own. */
function argumentText(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  const unparsed = isJsonObject(value) ? value['unparsed_arguments'] : undefined;
  return typeof unparsed === 'string' ? unparsed : JSON.stringify(value ?? {});
}

const call = z.object({
  call_id: filled,
  name: filled,
  arguments: anything.transform(argumentText),
});

const result = z.object({ call_id: filled, success: known(z.boolean()), result: textual, error: textual });

const message = z.object({ role: filled, content: textual, tool_result: known(result) });

const usage = z.object({
  input_tokens: count,
  output_tokens: count,
  cache_creation_input_tokens: count,
  cache_read_input_tokens: count,
  reasoning_tokens: count,
});

const response = z.object({
  content: textual,
  finish_reason: filled,
  usage: known(usage),
  tool_calls: list(call),
});

const interaction = z.object({ input_messages: list(message), response: known(response) });

const step = z.object({
  step_number: known(z.int().positive()),
  state: filled,
  llm_response: known(response),
  tool_calls: list(call),
  tool_results: list(result),
  reflection: filled,
  error: textual,
  lakeview_summary: textual,
});

const document = z.object({
  task: textual,
  start_time: filled,
  end_time: filled,
  provider: filled,
  model: filled,
  max_steps: known(z.int().positive()),
  llm_interactions: list(interaction),
  agent_steps: list(step),
  success: known(z.boolean()),
  final_result: textual,
  execution_time: known(z.number().positive()),
});

/** A document as a file holds it, of the original or of this program; undefined is what it does not say. */
export type RecordedDocument = z.output<typeof document>;
export type RecordedInteraction = z.output<typeof interaction>;
export type RecordedStep = z.output<typeof step>;
export type RecordedCall = z.output<typeof call>;
export type RecordedResult = z.output<typeof result>;
export type RecordedUsage = z.output<typeof usage>;

/** Undefined for what is no trajectory at all. Only a document that was cut off may lack its lists. */
export function recordedDocumentOf(json: JsonValue | undefined, isTorn: boolean): RecordedDocument | undefined {
  if (!isJsonObject(json)) return undefined;
  const isRecognised =
    Array.isArray(json['llm_interactions']) ||
    Array.isArray(json['agent_steps']) ||
    (isTorn && typeof json['task'] === 'string' && 'start_time' in json);
  return isRecognised ? document.parse(json) : undefined;
}
