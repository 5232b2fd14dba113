import { didYouMean, type LLMProvider, type ModelInfo, nearest, TraeError } from '@trae-cli/protocol';
import { type Check, ok, skipped, type Verdict, warning } from '../check.js';
import { modelNameOf, type Patient } from '../patient.js';
import { required } from './reach.js';

type Listing = { readonly offered: readonly ModelInfo[] } | { readonly unlisted: string };

/** A list that cannot be had stops nothing. */
async function listingOf(provider: LLMProvider, signal: AbortSignal): Promise<Listing> {
  try {
    return { offered: await provider.listModels(signal) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TraeError) return { unlisted: error.message };
    throw error;
  }
}

const idsIn = (listing: Listing): readonly string[] =>
  'offered' in listing ? listing.offered.map(({ id }) => id) : [];

/** What a run asks for: what was said, else the only one there is. */
function nameFor(patient: Patient, listing: Listing): string {
  const ids = idsIn(listing);
  const name = modelNameOf(patient) ?? (ids.length === 1 ? ids[0] : undefined);
  if (name !== undefined) return name;
  const { id } = patient.planned.entry;
  const some = ids.slice(0, 20).join(', ');
  const ways = `Name one with --model, or as model_providers.${id}.model`;
  throw new TraeError('usage', `No model was named for ${id}.`, {
    hint: ids.length === 0 ? `${ways}.` : `${ways}. It offers: ${some}${ids.length > 20 ? ', …' : ''}`,
  });
}

/** A tag that nobody writes is `latest`. */
export const listedAs = (name: string, offered: readonly ModelInfo[] | undefined): ModelInfo | undefined =>
  offered?.find(({ id }) => id === name || id === `${name}:latest`);

function judge(name: string, listing: Listing, { planned: { entry } }: Patient): Verdict {
  if ('unlisted' in listing)
    return warning(`${name}; whether the service has it only an answer can tell: ${listing.unlisted}`);
  const { offered } = listing;
  const info = listedAs(name, offered);
  if (info?.notice !== undefined) return warning(`${name} ${info.notice}`, 'Choose another with --model.');
  if (info !== undefined)
    return ok(`${name}, ${offered.length === 1 ? 'the only one' : `one of ${offered.length}`} that the service lists`);
  const question = didYouMean(nearest(name, idsIn(listing)));
  return warning(
    `${name} is not among the ${offered.length} models that the service lists.${question}`,
    `\`trae-cli models ${entry.id}\` lists them; the answer below tells whether it is there all the same.`,
  );
}

/** A service that is known to have no list is no reason to worry. */
function quiet(verdict: Verdict, listing: Listing, { planned: { entry } }: Patient): Verdict {
  const isKnown = 'unlisted' in listing && entry.unlistedModels !== undefined;
  return isKnown ? skipped(verdict.says) : verdict;
}

export const model: Check = {
  id: 'model',
  needs: ['access'],
  sends: true,
  limitMs: 60_000,
  run: async (patient, { provider: known }, signal) => {
    const provider = required(known, 'provider');
    const listing = await listingOf(provider, signal);
    const name = nameFor(patient, listing);
    // A server that can be asked about its models says here that it does not have it.
    const opened = await provider.model(name, signal);
    await provider.priceOf?.(name);
    return {
      verdict: quiet(judge(name, listing, patient), listing, patient),
      known: {
        model: opened,
        wasPrompted: opened.traits.toolCalls === 'prompted',
        ...('offered' in listing ? { offered: listing.offered } : {}),
      },
    };
  },
};
