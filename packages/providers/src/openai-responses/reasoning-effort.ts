import type { JsonObject } from '@trae-cli/protocol';
import type { ReasoningEffort, Thinking } from '../thinking.js';

/** The efforts as this protocol asks for them; `more` stands beside each that is thinking at all. */
export const nestedEfforts = (efforts: readonly ReasoningEffort[], more: JsonObject = {}): Thinking =>
  Object.fromEntries(efforts.map((effort) => [effort, { reasoning: { effort, ...(effort === 'none' ? {} : more) } }]));
