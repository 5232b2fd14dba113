import type { ModelRequest, Sampling } from '@trae-cli/protocol';
import type { Target } from './target.js';

const samplings = {
  all: ['temperature', 'top_p', 'top_k'],
  'no top_k': ['temperature', 'top_p'],
  'temperature only': ['temperature'],
  none: [],
} as const satisfies Record<Target['dialect']['sampling'], readonly string[]>;

type Named = readonly (readonly [name: string, value: number])[];

/** One is what every service does by itself, and some refuse even that beside a temperature. */
function namedSampling({ temperature, topK, topP }: Sampling): Named {
  const named = [
    ['temperature', temperature],
    ['top_p', topP === 1 ? undefined : topP],
    ['top_k', topK],
  ] as const;
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** What the person chose and the model takes, by the names that most services have for it; and what it does not take. */
export function chosenSampling(
  { dialect }: Target,
  { sampling = {} }: ModelRequest,
): { readonly sent: Named; readonly dropped: readonly string[] } {
  const accepted: readonly string[] = samplings[dialect.sampling];
  const chosen = namedSampling(sampling);
  return {
    sent: chosen.filter(([name]) => accepted.includes(name)),
    dropped: chosen.map(([name]) => name).filter((name) => !accepted.includes(name)),
  };
}

/** The limit of an answer as it is sent, in tokens; no higher than the model goes. */
export function outputLimit({ maxOutput: most }: Target, wanted: number | undefined): number | undefined {
  return wanted === undefined || most === undefined ? wanted : Math.min(wanted, most);
}

/** What the person should know of the sampling that is sent. */
export function* noticesFor(target: Target, { sampling = {} }: ModelRequest, dropped: readonly string[]) {
  const { ref } = target;
  yield* target.notices;
  for (const name of dropped) yield `${name} is not sent: ${ref.model} does not take it.`;
  const limit = outputLimit(target, sampling.maxOutput);
  if (limit !== sampling.maxOutput)
    yield `max_tokens is lowered to ${limit}: ${ref.model} writes no more in one answer.`;
}
