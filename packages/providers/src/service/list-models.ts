import { createRedactor, type ModelInfo, TraeError } from '@trae-cli/protocol';
import { modelListSchema } from '@trae-cli/wire';
import type { Endpoint } from '../endpoint.js';
import { holdsConversations, modelInfoFrom } from '../knowledge/list-entry.js';
import { ask } from './ask.js';
import type { Asking } from './protocol.js';

/** A name is shown, recorded and sent: not one that is a page, steers a terminal, or quotes the key. */
export function isUsableName({ key }: Endpoint): (id: string) => boolean {
  const redactor = createRedactor(key === undefined ? [] : [key]);
  return (id) => /^[^\p{Cc}\p{Bidi_Control}]{1,256}$/u.test(id) && redactor.redact(id) === id;
}

export const notAList = ({ baseUrl }: Endpoint, path: string): TraeError =>
  new TraeError('provider_protocol', `${baseUrl}${path} did not answer with a list of models.`, {
    hint: `Check the base URL, ${baseUrl}, or name a model with --model.`,
  });

/** The models that the service lists, in its order. */
export async function listOpenAiModels({ client, endpoint, signal }: Asking): Promise<readonly ModelInfo[]> {
  const answer = await ask({ client, endpoint, apiFormat: 'openai-chat', path: '/models' }, signal);
  const list = modelListSchema.safeParse(answer);
  if (!list.success) throw notAList(endpoint, '/models');
  const isUsable = isUsableName(endpoint);
  return list.data
    .filter(holdsConversations)
    .map(modelInfoFrom)
    .filter(({ id }) => isUsable(id));
}
