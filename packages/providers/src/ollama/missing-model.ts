import { didYouMean, nearest, TraeError } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { isUsableName } from '../service/list-models.js';
import type { Asking } from '../service/protocol.js';
import { explained, installedModels } from './desk.js';

const noSuchPlace = new ServiceFailure({
  type: 'answered',
  status: 404,
  headers: {},
  body: '404 page not found',
});

const isNoSuchPlace = (error: unknown): boolean =>
  error instanceof ServiceFailure && error.failure.type === 'answered' && error.failure.status === 404;

/** The names of what is there; a server that lists nothing at all is another kind of server. */
async function namesAt(asking: Asking): Promise<readonly string[]> {
  try {
    const installed = (await installedModels(asking)) ?? [];
    return installed.map(({ name }) => name).filter(isUsableName(asking.endpoint));
  } catch (error) {
    if (isNoSuchPlace(error)) throw explained(noSuchPlace, asking);
    if (!(error instanceof ServiceFailure)) throw error;
    return [];
  }
}

/** Names are shown without the tag that goes without saying. */
const shortName = (name: string): string => name.replace(/:latest$/, '');

/** The server does not have the model: how to fetch it, and which there are. */
export async function missingModel(asking: Asking, model: string): Promise<TraeError> {
  const names = await namesAt(asking);
  const known = names.map(shortName);
  const there =
    known.length === 0 ? '' : ` There ${known.length === 1 ? 'is' : 'are'} ${known.slice(0, 8).join(', ')} already.`;
  const { host } = new URL(asking.endpoint.baseUrl);
  const question = didYouMean(nearest(shortName(model), known));
  return new TraeError('model_unknown', `${host} does not have the model ${JSON.stringify(model)}.${question}`, {
    hint: `Fetch it with \`ollama pull ${model}\`, or run again with --pull; or choose another with --model.${there}`,
  });
}
