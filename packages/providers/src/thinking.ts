import { didYouMean, type JsonValue, nearest, TraeError } from '@trae-cli/protocol';

/** How hard a model is to think, from not at all to as hard as it can. */
export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

export type ReasoningEffort = (typeof reasoningEfforts)[number];

type Fields = Readonly<Record<string, JsonValue>>;

/**
 * How a model is asked to think: for each effort that it tells apart the fields of the request, or the effort that it
 * stands for. `on` is for models that know only on and off. An effort without either becomes the nearest one.
 */
export type Thinking = { readonly [Effort in ReasoningEffort]?: Fields | ReasoningEffort } & { readonly on?: Fields };

/** One field that takes the effort by its own name. */
export const effortField = (...efforts: readonly ReasoningEffort[]): Thinking =>
  Object.fromEntries(efforts.map((effort) => [effort, { reasoning_effort: effort }]));

/** What is sent for an effort, and which effort that really is. */
export type AskedThinking = { readonly as: ReasoningEffort | 'on'; readonly fields: Fields };

/** The highest effort that is not above, else the lowest there is; to think is never taken for not to. */
function nearestEffort(effort: ReasoningEffort, thinking: Thinking): ReasoningEffort | undefined {
  const known = reasoningEfforts.filter((step) => step !== 'none' && thinking[step] !== undefined);
  const below = known.filter((step) => reasoningEfforts.indexOf(step) <= reasoningEfforts.indexOf(effort));
  return below.at(-1) ?? known[0];
}

/** Undefined where the model cannot be asked for anything of the kind. */
export function askToThink(effort: ReasoningEffort, thinking: Thinking): AskedThinking | undefined {
  const known = thinking[effort];
  if (typeof known === 'object') return { as: effort, fields: known };
  const step = known ?? nearestEffort(effort, thinking);
  const fields = step === undefined ? undefined : thinking[step];
  if (step !== undefined && typeof fields === 'object') return { as: step, fields };
  if (effort === 'none') return undefined;
  if (thinking.on !== undefined) return { as: 'on', fields: thinking.on };
  return typeof thinking.none === 'object' ? { as: 'none', fields: thinking.none } : undefined;
}

/** What a person has to know who asked for one effort and gets another; undefined where it is the same. */
export function describeThinking(
  effort: ReasoningEffort,
  asked: AskedThinking | undefined,
  model: string,
): string | undefined {
  if (asked?.as === effort) return undefined;
  if (asked === undefined) return `The reasoning effort ${effort} is not sent: ${model} does not take it.`;
  if (asked.as === 'on') return `The reasoning effort ${effort} turns thinking on: ${model} knows no degrees of it.`;
  return `The reasoning effort ${effort} becomes ${asked.as}: ${model} does not take it otherwise.`;
}

/** The effort that a flag or a file names. */
export function parseEffort(text: string): ReasoningEffort {
  const wanted = text.trim().toLowerCase();
  const effort = reasoningEfforts.find((candidate) => candidate === wanted);
  if (effort !== undefined) return effort;
  const question = didYouMean(nearest(wanted, reasoningEfforts));
  throw new TraeError('config_invalid', `There is no reasoning effort ${JSON.stringify(text)}.${question}`, {
    hint: `Choose one of ${reasoningEfforts.join(', ')}.`,
  });
}
