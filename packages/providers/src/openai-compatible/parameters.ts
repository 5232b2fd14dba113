import type { JsonValue, ModelRequest, Sampling } from '@trae-cli/protocol';
import type { Form } from './repair.js';
import type { Target } from './target.js';

export type Parameters = Form & {
  /** What the person should know of what is sent and what is not. */
  readonly notices: readonly string[];
};

type Named = readonly (readonly [string, JsonValue | undefined])[];

/** One is what every service does by itself, and some refuse even that beside a temperature. */
const namedSampling = ({ temperature, topK, topP }: Sampling): Named => [
  ['temperature', temperature],
  ['top_p', topP === 1 ? undefined : topP],
  ['top_k', topK],
];

const acceptedSampling = {
  all: ['temperature', 'top_p', 'top_k'],
  'no top_k': ['temperature', 'top_p'],
  'temperature only': ['temperature'],
  none: [],
} as const satisfies Record<Target['dialect']['sampling'], readonly string[]>;

/** `true` only where it may be sent; `false`, which has to be asked for, always. Neither without tools. */
function parallelCalls({ dialect, parallelToolCalls }: Target, hasTools: boolean): boolean | undefined {
  if (!hasTools || parallelToolCalls === undefined) return undefined;
  return parallelToolCalls && !dialect.parallelToolCalls ? undefined : parallelToolCalls;
}

function outputLimit({ maxOutput: most }: Target, wanted: number | undefined): number | undefined {
  return wanted === undefined || most === undefined ? wanted : Math.min(wanted, most);
}

function* noticesFor(target: Target, { sampling = {} }: ModelRequest, dropped: readonly string[]) {
  const { ref } = target;
  yield* target.notices;
  for (const name of dropped) yield `${name} is not sent: ${ref.model} does not take it.`;
  const limit = outputLimit(target, sampling.maxOutput);
  if (limit !== sampling.maxOutput)
    yield `max_tokens is lowered to ${limit}: ${ref.model} writes no more in one answer.`;
}

/** As few parameters as will do: every optional one is refused by somebody. */
export function parametersFor(target: Target, request: ModelRequest): Parameters {
  const { sampling = {}, tools } = request;
  const { dialect, ref } = target;
  const accepted: readonly string[] = acceptedSampling[dialect.sampling];
  const chosen = namedSampling(sampling).filter(([, value]) => value !== undefined);
  const dropped = chosen.map(([name]) => name).filter((name) => !accepted.includes(name));
  const named: Named = [
    ['model', ref.model],
    ['stream', target.streams],
    ['stream_options', target.streams && dialect.streamUsage ? { include_usage: true } : undefined],
    [dialect.maxTokensField, outputLimit(target, sampling.maxOutput)],
    ...chosen.filter(([name]) => accepted.includes(name)),
    ['parallel_tool_calls', parallelCalls(target, tools.length > 0)],
    ...Object.entries(target.parameters),
  ];
  const sent: Record<string, JsonValue> = {};
  for (const [name, value] of named) if (value !== undefined) sent[name] = value;
  return {
    parameters: sent,
    instructionsRole: dialect.instructionsRole,
    notices: [...noticesFor(target, request, dropped)],
  };
}
