import { type ReplayPlaces, placeRules } from './place-rules.js';
import { processRules } from './process-rules.js';
import type { Rule } from './rule.js';
import { timeRules } from './time-rules.js';

export type Normalised = {
  readonly text: string;
  /** The names that were replaced, in an order that is the same for texts that are equal but for them. */
  readonly names: readonly string[];
};

export type Normalise = (text: string) => Normalised;

function apply({ pattern, mark, isName }: Rule, text: string, names: string[]): string {
  return text.replaceAll(pattern, (match: string) => {
    if (isName) names.push(match);
    return typeof mark === 'string' ? mark : mark(match);
  });
}

/** Replaces what differs from run to run: places, process ids, ports, times and durations. Everything else stays. */
export function createNormaliser(places: ReplayPlaces): Normalise {
  const rules = [...placeRules(places), ...processRules, ...timeRules];
  return (text) => {
    const names: string[] = [];
    let normalised = text;
    for (const rule of rules) normalised = apply(rule, normalised, names);
    return { text: normalised, names };
  };
}
