import type { ModelInfo } from '@trae-cli/protocol';
import type { OllamaInstalledModel } from '@trae-cli/wire';
import { isUsableName, notAList } from '../service/list-models.js';
import type { Asking } from '../service/protocol.js';
import { abilitiesOf } from './abilities.js';
import { explained, installedModels } from './desk.js';

function infoOf({ name, capabilities, details }: OllamaInstalledModel): ModelInfo {
  const contextWindow = details?.context_length;
  return { id: name, ...abilitiesOf(capabilities), ...(contextWindow === undefined ? {} : { contextWindow }) };
}

/** The models that are installed, with what newer servers say of them. */
export async function listModels(asking: Asking): Promise<readonly ModelInfo[]> {
  const installed = await installedModels(asking).catch((error: unknown) => {
    if (asking.signal.aborted) throw asking.signal.reason;
    throw explained(error, asking);
  });
  if (installed === undefined) throw notAList(asking.endpoint, '/api/tags');
  const isUsable = isUsableName(asking.endpoint);
  return installed.filter(({ name }) => isUsable(name)).map(infoOf);
}
