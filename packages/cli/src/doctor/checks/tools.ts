import { type Model, TraeError } from '@trae-cli/protocol';
import { probeTools, type ToolsFinding } from '@trae-cli/providers';
import { type Check, type Finding, type Known, ok, type Verdict, warning } from '../check.js';
import { type Patient, samplingOf, settingsOf } from '../patient.js';
import { required } from './reach.js';

const whatFailed = {
  'no calls': 'The model was given a tool, and answered without calling it.',
  'unusable calls': 'The model called a tool, and never with arguments that the tool takes.',
  'answers not read': 'The model called tools, and its answer does not hold what they said.',
  'never done': 'The model called tools again and again, and did not come to an answer.',
} as const satisfies Record<Exclude<ToolsFinding['outcome'], 'worked'>, string>;

const anotherModel = 'Choose a model that is made for tools with --model: an agent can do nothing without them.';

const isPrompted = ({ traits }: Model): boolean => traits.toolCalls === 'prompted';

/** How the calls were made: `two at once, in the way of the protocol, over 2 turns`. */
export const describeCalls = ({ mostAtOnce, turns }: ToolsFinding, prompted: boolean): string =>
  [
    mostAtOnce > 1 ? `${mostAtOnce} calls at once` : 'one call at a time',
    prompted ? 'written into the text (prompted)' : 'native',
    `answers read, in ${turns} turns`,
  ].join(', ');

function judge(found: ToolsFinding, { model, wasPrompted }: Known): Verdict {
  if (found.outcome !== 'worked')
    throw new TraeError('request_rejected', whatFailed[found.outcome], { hint: anotherModel });
  const prompted = isPrompted(required(model, 'model'));
  const says = describeCalls(found, prompted);
  const isFresh = prompted && wasPrompted !== true;
  const unusable =
    found.unusable === 0 ? [] : [`${found.unusable} of the calls had arguments that the tool does not take.`];
  const learnt = isFresh
    ? ['Native calls were refused. Every run would find that out again: `trae-cli doctor --fix` writes it down.']
    : [];
  const advice = [...unusable, ...learnt, ...found.notices];
  return advice.length === 0 ? ok(says) : warning(says, ...advice);
}

type Asking = { readonly patient: Patient; readonly signal: AbortSignal };

function probe(model: Model, { patient, signal }: Asking): Promise<ToolsFinding> {
  const { clock } = patient.host;
  return probeTools(model, { clock, signal, sampling: samplingOf(patient), random: () => patient.host.random() });
}

/** A model that makes no calls of its own may write them, when it is shown how. */
async function prompted({ ref }: Model, asking: Asking): Promise<Finding | undefined> {
  const { patient, signal } = asking;
  const { models = {}, ...settings } = settingsOf(patient);
  const own = Object.hasOwn(models, ref.model) ? models[ref.model] : undefined;
  const provider = patient.ground.registry.provider(patient.planned.entry.id, {
    ...settings,
    models: { ...models, [ref.model]: { ...own, toolMode: 'prompted' } },
  });
  const tools = await probe(await provider.model(ref.model, signal), asking);
  if (tools.outcome !== 'worked') return undefined;
  const says = `${describeCalls(tools, true)}; asked for natively it made none`;
  const advice = `Set model_providers.${ref.provider}.models.${ref.model}.tool_mode to "prompted"; \`trae-cli doctor --fix\` does it.`;
  return { verdict: warning(says, advice), known: { tools, needsPrompting: true } };
}

export const tools: Check = {
  id: 'tools',
  needs: ['answer'],
  sends: true,
  limitMs: 300_000,
  run: async (patient, known, signal) => {
    const model = required(known.model, 'model');
    const found = await probe(model, { patient, signal });
    if (found.outcome !== 'worked' && !isPrompted(model)) {
      const other = await prompted(model, { patient, signal });
      if (other !== undefined) return other;
    }
    return { verdict: judge(found, known), known: { tools: found } };
  },
};
