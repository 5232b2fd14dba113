import { formatCount, type Learnt, type Price } from '@trae-cli/protocol';
import { aboutModel } from '@trae-cli/providers';
import { shortDollars } from '../listing/amounts.js';
import { shownAddress } from '../listing/shown-address.js';
import type { Known } from './check.js';
import { describeSpeed } from './checks/answer.js';
import { describeCalls } from './checks/tools.js';
import { listedAs } from './checks/model.js';
import { knownWindow } from './known-window.js';
import { addressOf, modelNameOf, type Patient } from './patient.js';

/** What a model can do, as far as anybody knows; null is unknown. */
export type Card = {
  readonly provider: string;
  readonly model: string;
  readonly baseUrl: string | null;
  readonly contextWindow: number | null;
  /** Who says so. */
  readonly contextWindowFrom: string | null;
  readonly maxOutput: number | null;
  readonly tools: 'native' | 'prompted' | null;
  /** The most calls in one turn, as they were seen. */
  readonly parallelCalls: number | null;
  readonly images: boolean | null;
  readonly reasoning: boolean | null;
  readonly price: Price | null;
  readonly streams: boolean | null;
  readonly firstTokenMs: number | null;
  readonly tokensPerSecond: number | null;
  readonly reportsUsage: boolean | null;
  readonly learnt: Learnt | null;
};

function toolsOf({ model, needsPrompting, tools }: Known): Card['tools'] {
  if (tools?.outcome !== 'worked') return null;
  return needsPrompting === true || model?.traits.toolCalls === 'prompted' ? 'prompted' : 'native';
}

/** Undefined where no model is known that it could be about. */
export function cardOf(patient: Patient, known: Known): Card | undefined {
  const { entry, settings } = patient.planned;
  const name = known.model?.ref.model ?? modelNameOf(patient);
  if (name === undefined) return undefined;
  const { model, provider, speech, tools } = known;
  const info = aboutModel(name, { entry, settings, listed: listedAs(name, known.offered) });
  const window = knownWindow(name, patient, known);
  return {
    provider: entry.id,
    model: name,
    baseUrl: shownAddress(addressOf(patient)) ?? null,
    contextWindow: window.window,
    contextWindowFrom: window.window === null ? null : window.source,
    maxOutput: model?.traits.maxOutput ?? info.maxOutput ?? null,
    tools: toolsOf(known),
    parallelCalls: tools?.outcome === 'worked' ? tools.mostAtOnce : null,
    images: model?.traits.images === true ? true : (info.images ?? null),
    reasoning: model?.traits.reasoning ?? info.reasoning ?? null,
    price: model?.traits.price ?? info.price ?? null,
    streams: speech === undefined ? null : speech.delivery === 'in pieces',
    firstTokenMs: speech === undefined ? null : Math.round(speech.firstTokenMs),
    tokensPerSecond:
      speech === undefined || speech.tokensPerSecond === null ? null : Math.round(speech.tokensPerSecond),
    reportsUsage: speech === undefined ? null : speech.usage !== null,
    learnt: provider?.learnt?.(name) ?? null,
  };
}

const answer = (isSo: boolean | null): string | undefined => (isSo === null ? undefined : isSo ? 'yes' : 'no');

const tokens = (count: number | null): string | undefined =>
  count === null ? undefined : `${formatCount(count)} tokens`;

function priceWords(price: Price | null): string | undefined {
  if (price === null) return undefined;
  if (price.input === 0 && price.output === 0) return 'free';
  const more = price.tiers === undefined ? '' : ', more for a long input';
  return `$${shortDollars(price.input)} in, $${shortDollars(price.output)} out for a million tokens${more}`;
}

/** What was learnt of the form of requests, each with what is done instead. */
function learntWords(learnt: Learnt | null): string | undefined {
  if (learnt === null) return undefined;
  const { omit = [], rename = {}, set = {}, adapt = [] } = learnt.compatibility;
  const words = [
    ...(omit.length === 0 ? [] : [`without ${omit.join(', ')}`]),
    ...Object.entries(rename).map(([name, to]) => `${to} in the place of ${name}`),
    ...Object.entries(set).map(([name, value]) => `${name} set to ${JSON.stringify(value)}`),
    ...adapt,
  ];
  return words.length === 0 ? 'nothing had to be changed' : words.join('; ');
}

type Row = { readonly name: string; readonly value: string; readonly source: string };

/** The card in lines of a name, a value, and who says so. What nobody knows is named in the last. */
export function cardRows(card: Card, { speech, tools }: Known): readonly Row[] {
  const calls =
    card.tools === null || tools === undefined ? undefined : describeCalls(tools, card.tools === 'prompted');
  const all: readonly (readonly [name: string, value: string | undefined, source?: string])[] = [
    ['model', card.model],
    ['window', tokens(card.contextWindow), card.contextWindowFrom ?? ''],
    ['max output', tokens(card.maxOutput)],
    ['tool calls', calls],
    ['images', answer(card.images)],
    ['reasoning', answer(card.reasoning)],
    ['price', priceWords(card.price)],
    ['streaming', speech && `${answer(card.streams)}, ${describeSpeed(speech)}`],
    ['usage', card.reportsUsage === null ? undefined : card.reportsUsage ? 'reported' : 'not reported'],
    ['compatibility', speech && learntWords(card.learnt)],
  ];
  const unknown = all.flatMap(([name, value]) => (value === undefined ? [name] : []));
  return [
    ...all.flatMap(([name, value, source = '']) => (value === undefined ? [] : [{ name, value, source }])),
    ...(unknown.length === 0 ? [] : [{ name: 'unknown', value: unknown.join(', '), source: '' }]),
  ];
}
