import type { JsonValue, ModelRequest, Sampling } from '@trae-cli/protocol';
import type { Form } from './repair.js';
import type { Target } from './target.js';

export type Parameters = Form & {
  /** What the person asked for and this model does not take. */
  readonly left: readonly string[];
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

/** As few parameters as will do: every optional one is refused by somebody. */
export function parametersFor(target: Target, { sampling = {}, tools }: ModelRequest): Parameters {
  const { dialect, ref } = target;
  const accepted: readonly string[] = acceptedSampling[dialect.sampling];
  const chosen = namedSampling(sampling).filter(([, value]) => value !== undefined);
  const named: Named = [
    ['model', ref.model],
    ['stream', true],
    ['stream_options', dialect.streamUsage ? { include_usage: true } : undefined],
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
    left: chosen.map(([name]) => name).filter((name) => !accepted.includes(name)),
  };
}
