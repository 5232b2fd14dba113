import type { ModelRequest } from '@trae-cli/protocol';
import { parallelCalls, sentParameters } from '../service/named-parameters.js';
import type { Parameters } from '../service/protocol.js';
import { chosenSampling, noticesFor, outputLimit } from '../service/sampling.js';
import type { Target } from '../service/target.js';

/** Tokens. Less is refused. */
const leastOutput = 16;

/** Nothing is stored there, so thoughts have to travel with the conversation; asked of a model that has none, it is refused. */
const reasons = ({ dialect, traits }: Target): boolean => traits.reasoning ?? Object.keys(dialect.thinking).length > 0;

function limitOf(target: Target, wanted: number | undefined): number | undefined {
  const limit = outputLimit(target, wanted);
  return limit === undefined ? undefined : Math.max(leastOutput, limit);
}

function* limitNotice(wanted: number | undefined): Generator<string, void> {
  if (wanted !== undefined && wanted < leastOutput)
    yield `max_tokens is raised to ${leastOutput}: the service takes no less.`;
}

/** Every turn is asked for by itself: the service stores nothing, and gets the whole conversation. */
export function parametersFor(target: Target, request: ModelRequest): Parameters {
  const { sampling = {}, tools } = request;
  const chosen = chosenSampling(target, request);
  const parameters = sentParameters([
    ['model', target.ref.model],
    ['stream', target.streams],
    ['store', false],
    ['include', reasons(target) ? ['reasoning.encrypted_content'] : undefined],
    [target.dialect.maxTokensField, limitOf(target, sampling.maxOutput)],
    ...chosen.sent,
    ['parallel_tool_calls', parallelCalls(target, tools.length > 0)],
    ...Object.entries(target.parameters),
  ]);
  return {
    parameters,
    adaptations: [],
    notices: [...noticesFor(target, request, chosen.dropped), ...limitNotice(sampling.maxOutput)],
  };
}
