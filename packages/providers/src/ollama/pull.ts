import { type PullProgress, TraeError } from '@trae-cli/protocol';
import type { ProgressResponse } from 'ollama/browser';
import { plainText } from '../errors/wording.js';
import type { Asking } from '../service/protocol.js';
import { explained, pullModel, showModel } from './desk.js';

const isBytes = (value: unknown): value is number => typeof value === 'number' && value >= 0 && Number.isFinite(value);

function progressOf({ status, completed, total }: Partial<ProgressResponse>): PullProgress {
  return {
    status: plainText(typeof status === 'string' ? status : ''),
    ...(isBytes(completed) ? { completed } : {}),
    ...(isBytes(total) && total > 0 ? { total } : {}),
  };
}

/** Whether the server has the model. Throws where it cannot say. */
async function isThere(asking: Asking, model: string): Promise<boolean> {
  try {
    await showModel(asking, model);
    return true;
  } catch (error) {
    const told = explained(error, asking, model);
    if (told.code === 'model_unknown') return false;
    throw told;
  }
}

/** Where the library does not have it, nothing that could be done here fetches it. */
function refused(error: TraeError, model: string): TraeError {
  if (error.code !== 'model_unknown') return error;
  return new TraeError('model_unknown', `There is no model ${JSON.stringify(model)} to fetch. ${error.message}`, {
    hint: 'Check the name: https://ollama.com/library has the models and their tags.',
  });
}

/** Fetches a model that is not there. */
export async function* pull(asking: Asking, model: string): AsyncGenerator<PullProgress, void> {
  asking.signal.throwIfAborted();
  if (await isThere(asking, model)) return;
  try {
    for await (const progress of pullModel(asking, model)) yield progressOf(progress);
  } catch (error) {
    if (asking.signal.aborted) throw asking.signal.reason;
    throw refused(explained(error, asking, model), model);
  }
}
