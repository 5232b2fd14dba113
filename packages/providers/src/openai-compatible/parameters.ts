import type { JsonValue, ModelRequest, Sampling } from '@trae-cli/protocol';
import type { Parameters } from '../service/protocol.js';
import { chosenSampling, noticesFor, outputLimit } from '../service/sampling.js';
import type { Target } from '../service/target.js';

type Named = readonly (readonly [string, JsonValue | undefined])[];

/** `true` only where it may be sent; `false`, which has to be asked for, always. Neither without tools. */
function parallelCalls({ dialect, parallelToolCalls }: Target, hasTools: boolean): boolean | undefined {
  if (!hasTools || parallelToolCalls === undefined) return undefined;
  return parallelToolCalls && !dialect.parallelToolCalls ? undefined : parallelToolCalls;
}

/** Four is what most services take at most. */
const mostStops = 4;

const stopOf = ({ stop = [] }: Sampling, { refusesStop = false }: Target['dialect']): string[] | undefined =>
  stop.length === 0 || refusesStop ? undefined : stop.slice(0, mostStops);

/** As few parameters as will do: every optional one is refused by somebody. */
export function parametersFor(target: Target, request: ModelRequest): Parameters {
  const { sampling = {}, tools } = request;
  const { dialect, ref } = target;
  const chosen = chosenSampling(target, request);
  const named: Named = [
    ['model', ref.model],
    ['stream', target.streams],
    ['stream_options', target.streams && dialect.streamUsage ? { include_usage: true } : undefined],
    [dialect.maxTokensField, outputLimit(target, sampling.maxOutput)],
    ...chosen.sent,
    ['stop', stopOf(sampling, dialect)],
    ['parallel_tool_calls', parallelCalls(target, tools.length > 0)],
    ...Object.entries(target.parameters),
  ];
  const sent: Record<string, JsonValue> = {};
  for (const [name, value] of named) if (value !== undefined) sent[name] = value;
  return {
    parameters: sent,
    adaptations: dialect.instructionsRole === 'system' ? ['system_role'] : [],
    notices: [...noticesFor(target, request, chosen.dropped)],
  };
}
