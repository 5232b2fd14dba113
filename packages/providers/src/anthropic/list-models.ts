import type { ModelInfo } from '@trae-cli/protocol';
import { messagesModelsSchema, modelListSchema } from '@trae-cli/wire';
import { modelInfoFrom } from '../knowledge/list-entry.js';
import { ask } from '../service/ask.js';
import { isUsableName, notAList } from '../service/list-models.js';
import type { Asking } from '../service/protocol.js';

const path = '/v1/models?limit=1000';
/** A server that always has more would be asked for ever. */
const mostPages = 20;

type Page = { readonly models: readonly ModelInfo[]; readonly next: string | undefined };

async function pageAt(path: string, { client, endpoint, signal }: Asking): Promise<Page> {
  const answer = await ask({ client, endpoint, apiFormat: 'anthropic', path }, signal);
  const page = messagesModelsSchema.safeParse(answer).data;
  const list = page?.data ?? modelListSchema.safeParse(answer).data;
  if (list === undefined) throw notAList(endpoint, '/v1/models');
  return { models: list.map(modelInfoFrom), next: page?.has_more === true ? page.last_id : undefined };
}

/** The models that the service lists, in its order, with what it says of each. */
export async function listMessagesModels(asking: Asking): Promise<readonly ModelInfo[]> {
  const models: ModelInfo[] = [];
  let next: string | undefined;
  for (let page = 0; page === 0 || (next !== undefined && page < mostPages); page += 1) {
    const after = next === undefined ? '' : `&after_id=${encodeURIComponent(next)}`;
    const told = await pageAt(`${path}${after}`, asking);
    models.push(...told.models);
    next = told.next === next ? undefined : told.next;
  }
  const isUsable = isUsableName(asking.endpoint);
  return models.filter(({ id }) => isUsable(id));
}
