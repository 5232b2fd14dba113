import { type ModelInfo, TraeError } from '@trae-cli/protocol';
import { aboutModel, type LLMProviderRegistry, priceOf } from '@trae-cli/providers';
import type { PlannedProvider } from '../model/plan-provider.js';

/** The models of a provider with all that is known of them. */
export type Offer = {
  readonly models: readonly ModelInfo[];
  /** Why these are only the models that are known here; undefined where the service listed its own. */
  readonly unasked: string | undefined;
};

/** Somebody sits in front of it. */
const patienceMs = 20_000;

export const defaultModelOf = ({ config, entry }: PlannedProvider): string | undefined =>
  config.model?.value ?? entry.defaultModel;

/** The models that the table or the configuration names. */
function knownModels(planned: PlannedProvider): readonly ModelInfo[] {
  const { entry, settings } = planned;
  const chosen = defaultModelOf(planned);
  const ids = [
    ...(chosen === undefined ? [] : [chosen]),
    ...(entry.popularModels ?? []),
    ...Object.keys(settings.models ?? {}),
  ];
  return [...new Set(ids)].map((id) => ({ id }));
}

/** Why the service is not asked at all. */
function unaskedReason({ entry, key }: PlannedProvider, isOffline: boolean): string | undefined {
  if (isOffline) return 'It was not asked (--offline).';
  if (entry.unlistedModels !== undefined) return `It has no list to ask for: ${entry.unlistedModels}.`;
  if (!entry.keyRequired || key !== undefined) return undefined;
  const [variable] = entry.keyVariables;
  const ways = [...(variable === undefined ? [] : [`set ${variable}`]), `run \`trae-cli login ${entry.id}\``];
  return `It was not asked, because there is no key for it: ${ways.join(', or ')}.`;
}

function withWayOut(error: unknown, planned: PlannedProvider): unknown {
  if (!(error instanceof TraeError) || knownModels(planned).length === 0) return error;
  const { code, message, hint } = error;
  const way = `Without asking the service: trae-cli models ${planned.entry.id} --offline`;
  return new TraeError(code, message, { hint: hint === undefined ? way : `${hint}\n${way}`, cause: error });
}

type Asking = { readonly registry: LLMProviderRegistry; readonly isOffline: boolean; readonly signal: AbortSignal };

async function listed(planned: PlannedProvider, { registry, isOffline, signal }: Asking): Promise<Offer> {
  const { entry, settings } = planned;
  const unasked = unaskedReason(planned, isOffline);
  if (unasked !== undefined) return { models: knownModels(planned), unasked };
  const waits = {
    headersTimeoutMs: settings.headersTimeoutMs ?? patienceMs,
    idleTimeoutMs: settings.idleTimeoutMs ?? patienceMs,
  };
  try {
    const models = await registry.provider(entry.id, { ...settings, ...waits }).listModels(signal);
    return { models, unasked: undefined };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TraeError && error.code === 'usage')
      return { models: knownModels(planned), unasked: error.message };
    throw withWayOut(error, planned);
  }
}

/**
 * What the service lists, each model with what is known of it beside; where it cannot be asked, what is known without
 * it. Throws what the service answers instead of a list, and what keeps it from being reached.
 */
export async function offeredModels(planned: PlannedProvider, asking: Asking): Promise<Offer> {
  const { entry, settings } = planned;
  const { models, unasked } = await listed(planned, asking);
  const byId = new Map(models.toReversed().map((model) => [model.id, model]));
  const known = [...new Set(models.map(({ id }) => id))].map(async (id) => {
    const witnesses = { entry, settings, listed: byId.get(id) };
    const price = await priceOf(id, witnesses);
    return { ...aboutModel(id, witnesses), ...(price === undefined ? {} : { price }) };
  });
  return { models: await Promise.all(known), unasked };
}
