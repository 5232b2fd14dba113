import { isJsonObject, type JsonObject } from '@trae-cli/protocol';

const leastBudget = 1024;

/** Whether the model is asked to think before it answers. */
export function asksToThink({ thinking }: JsonObject): boolean {
  const type = isJsonObject(thinking) ? thinking['type'] : undefined;
  return type === 'enabled' || type === 'adaptive';
}

export type Fitted = {
  readonly parameters: JsonObject;
  /** What the person should know. */
  readonly notices: readonly string[];
};

/** The budget for thinking counts towards the limit of the answer: where there is no room for both, half is for each. */
export function fitBudget(parameters: JsonObject): Fitted {
  const { thinking, max_tokens: limit } = parameters;
  const budget = isJsonObject(thinking) ? thinking['budget_tokens'] : undefined;
  if (!isJsonObject(thinking) || typeof budget !== 'number' || typeof limit !== 'number' || budget < limit)
    return { parameters, notices: [] };
  const half = Math.floor(limit / 2);
  if (half >= leastBudget)
    return {
      parameters: { ...parameters, thinking: { ...thinking, budget_tokens: half } },
      notices: [`The budget for thinking is lowered to ${half} tokens: max_tokens is ${limit}.`],
    };
  const { thinking: _thinking, ...others } = parameters;
  return {
    parameters: others,
    notices: [`The model is not asked to think: max_tokens is ${limit}, and it needs ${2 * leastBudget} for that.`],
  };
}
