import type { ModelRequest, Sampling } from '@trae-cli/protocol';
import { parallelCalls, sentParameters } from '../service/named-parameters.js';
import type { Parameters } from '../service/protocol.js';
import { chosenSampling, noticesFor, outputLimit } from '../service/sampling.js';
import type { Target } from '../service/target.js';

/** Four is what most services take at most. */
const mostStops = 4;

const stopOf = ({ stop = [] }: Sampling, { refusesStop = false }: Target['dialect']): string[] | undefined =>
  stop.length === 0 || refusesStop ? undefined : stop.slice(0, mostStops);

/** As few parameters as will do: every optional one is refused by somebody. */
export function parametersFor(target: Target, request: ModelRequest): Parameters {
  const { sampling = {}, tools } = request;
  const { dialect, ref } = target;
  const chosen = chosenSampling(target, request);
  const parameters = sentParameters([
    ['model', ref.model],
    ['stream', target.streams],
    ['stream_options', target.streams && dialect.streamUsage ? { include_usage: true } : undefined],
    [dialect.maxTokensField, outputLimit(target, sampling.maxOutput)],
    ...chosen.sent,
    ['stop', stopOf(sampling, dialect)],
    ['parallel_tool_calls', parallelCalls(target, tools.length > 0)],
    ...Object.entries(target.parameters),
  ]);
  return {
    parameters,
    adaptations: dialect.instructionsRole === 'system' ? ['system_role'] : [],
    notices: [...noticesFor(target, request, chosen.dropped)],
  };
}
