import type { Sampling } from '@trae-cli/protocol';
import type { ProviderSettings } from '@trae-cli/providers';
import type { Groundwork } from '../configuration/groundwork.js';
import type { Host } from '../host/host.js';
import { defaultModelOf } from '../listing/offered-models.js';
import type { PlannedProvider } from '../model/plan-provider.js';

/** A provider that is examined. */
export type Patient = {
  readonly ground: Groundwork;
  readonly planned: PlannedProvider;
  /** Why this one, where nobody named it. */
  readonly reason: string | undefined;
  /** `--model`. */
  readonly asked: string | undefined;
  readonly host: Host;
};

/** Somebody sits in front of it: a service that fails is told of rather than waited for. */
export const settingsOf = ({ planned: { settings } }: Patient): ProviderSettings => ({ ...settings, maxRetries: 1 });

export const addressOf = ({ planned: { entry, settings } }: Patient): string | undefined =>
  settings.baseUrl ?? entry.baseUrl;

/** The model as far as it is known without asking anybody. */
export const modelNameOf = ({ asked, planned }: Patient): string | undefined => asked ?? defaultModelOf(planned);

/** What a run would send beside the conversation. */
export function samplingOf({ planned: { config } }: Patient): Sampling | undefined {
  const { maxTokens, temperature, topK, topP } = config;
  const sampling: Sampling = {
    ...(maxTokens === undefined ? {} : { maxOutput: maxTokens.value }),
    ...(temperature === undefined ? {} : { temperature: temperature.value }),
    ...(topP === undefined ? {} : { topP: topP.value }),
    ...(topK === undefined ? {} : { topK: topK.value }),
  };
  return Object.keys(sampling).length === 0 ? undefined : sampling;
}
