import type { JsonObject, JsonValue, ModelRequest, Sampling } from '@trae-cli/protocol';
import type { Parameters } from '../service/protocol.js';
import { chosenSampling, noticesFor, outputLimit } from '../service/sampling.js';
import type { Target } from '../service/target.js';
import { mayChangeKeyHeader, versionFor } from './headers.js';
import { asksToThink, fitBudget } from './thinking-limits.js';

/** Tokens of an answer, where neither the person nor the catalog says: every model can do that much. */
const modestLimit = 8192;
/** Tokens of an answer in one piece, which nobody hears of before it is whole: some ten minutes. */
const patientLimit = 21_000;

/** A limit is mandatory here: what the person says, else as much as the model can. */
function limitFor(target: Target, { maxOutput }: Sampling): number {
  const most = target.maxOutput ?? modestLimit;
  return outputLimit(target, maxOutput) ?? (target.streams ? most : Math.min(most, patientLimit));
}

/** Texts of nothing but space are refused. */
function stopOf({ stop = [] }: Sampling, { dialect }: Target): string[] | undefined {
  const texts = stop.filter((text) => text.trim() !== '');
  return texts.length === 0 || dialect.refusesStop === true ? undefined : texts;
}

/** Said only where the person wants one call at a time: several at once are the way of the protocol. */
const toolChoice = ({ parallelToolCalls }: Target, { tools }: ModelRequest): JsonObject | undefined =>
  tools.length > 0 && parallelToolCalls === false ? { type: 'auto', disable_parallel_tool_use: true } : undefined;

type Named = readonly (readonly [string, JsonValue | undefined])[];

type Sampled = { readonly sent: Named; readonly notices: readonly string[] };

const refusesSampling = (target: Target): boolean => versionFor(target) === '2026-10-21';

/** Never both of temperature and top_p, and nothing of the kind while the model thinks. */
function sampled(target: Target, request: ModelRequest): Sampled {
  const { dialect, ref } = target;
  const taking = refusesSampling(target) ? { ...target, dialect: { ...dialect, sampling: 'none' as const } } : target;
  const { sent, dropped } = chosenSampling(taking, request);
  const notices = [...noticesFor(target, request, dropped)];
  if (asksToThink(target.parameters) && sent.length > 0)
    return {
      sent: [],
      notices: [...notices, ...sent.map(([name]) => `${name} is not sent while ${ref.model} thinks.`)],
    };
  const names = sent.map(([name]) => name);
  if (!names.includes('temperature') || !names.includes('top_p')) return { sent, notices };
  return {
    sent: sent.filter(([name]) => name !== 'top_p'),
    notices: [...notices, 'top_p is not sent: only one of temperature and top_p may be.'],
  };
}

/** As few parameters as will do: every optional one is refused by somebody. */
export function parametersFor(target: Target, request: ModelRequest): Parameters {
  const { sampling = {} } = request;
  const { sent, notices } = sampled(target, request);
  const named: Named = [
    ['model', target.ref.model],
    ['max_tokens', limitFor(target, sampling)],
    ['stream', target.streams],
    ...sent,
    ['stop_sequences', stopOf(sampling, target)],
    ['tool_choice', toolChoice(target, request)],
    ...Object.entries(target.parameters),
  ];
  const parameters: Record<string, JsonValue> = {};
  for (const [name, value] of named) if (value !== undefined) parameters[name] = value;
  const fitted = fitBudget(parameters);
  return {
    parameters: fitted.parameters,
    adaptations: [
      ...(target.dialect.cacheMarks === true ? [] : (['no_cache_marks'] as const)),
      // There from the start: not to be tried. The headers do not follow it there.
      ...(mayChangeKeyHeader(target) ? [] : (['other_key_header'] as const)),
    ],
    notices: [...notices, ...fitted.notices],
  };
}
