import { type JsonValue, TraeError } from '@trae-cli/protocol';
import type { OllamaShow } from '@trae-cli/wire';
import { isThisMachine } from '../base-url.js';
import type { Asking, AskingAbout, ModelFacts } from '../service/protocol.js';
import { abilitiesOf } from './abilities.js';
import { explained, isSameModel, loadedModels, showModel } from './desk.js';
import { missingModel } from './missing-model.js';
import { isSmallMemory, tokensThatFit, trainedWindow } from './model-size.js';
import { isCloudName, notedOf } from './noted.js';
import { chooseWindow, describeWindow, type Window, windowInParameters } from './window.js';

/** Where the server has not said anything: a window that is small enough for most. */
const cautiousWindow = ({ knownWindow, settings }: AskingAbout): Window =>
  chooseWindow({
    asked: settings.contextWindow,
    modelfile: undefined,
    trained: knownWindow,
    fitting: undefined,
    hasSmallMemory: true,
    isRemote: false,
  });

function windowOf(shown: OllamaShow, isRemote: boolean, asking: AskingAbout): Window {
  const { endpoint, knownWindow, machineMemory, settings } = asking;
  const memory = isThisMachine(endpoint.baseUrl) && !isRemote ? machineMemory : undefined;
  return chooseWindow({
    asked: settings.contextWindow,
    modelfile: windowInParameters(shown.parameters),
    trained: trainedWindow(shown) ?? knownWindow,
    fitting: memory === undefined ? undefined : tokensThatFit(shown, memory),
    hasSmallMemory: memory !== undefined && isSmallMemory(memory),
    isRemote,
  });
}

function checkCanChat({ capabilities = [] }: OllamaShow, model: string): void {
  if (capabilities.length === 0 || capabilities.includes('completion')) return;
  throw new TraeError(
    'model_unknown',
    `${JSON.stringify(model)} does not chat: it is for ${capabilities.join(', ')}.`,
    {
      hint: 'Choose another model with --model; trae-cli models lists those that are there.',
    },
  );
}

type Shown = { readonly shown: OllamaShow | undefined; readonly isLoaded: boolean };

/** Whether the model is in memory already; where nobody can tell it is taken for so. */
async function isInMemory(asking: Asking, model: string): Promise<boolean> {
  const loaded = await loadedModels(asking).catch(() => undefined);
  return loaded?.some(({ name }) => isSameModel(name, model)) ?? true;
}

/** Nothing is known of a model where the server cannot be asked now: the first turn tells what is wrong, and tries again. */
async function ask(asking: AskingAbout): Promise<Shown | undefined> {
  const { model, signal } = asking;
  try {
    const [shown, isLoaded] = await Promise.all([showModel(asking, model), isInMemory(asking, model)]);
    return { shown, isLoaded };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const told = explained(error, asking, model);
    if (told.code === 'model_unknown') throw await missingModel(asking, model);
    if (!told.retryable) throw told;
    return undefined;
  }
}

const factsWith = (window: Window, kept: Readonly<Record<string, JsonValue>>) => ({
  contextWindow: window.tokens,
  parameters: { ...kept, options: { num_ctx: window.tokens } },
  notices: [describeWindow(window)],
});

/** What the server says of the model, and the window that is asked for in every request of the session. */
export async function askAbout(asking: AskingAbout): Promise<ModelFacts> {
  const { client, keepAlive, model } = asking;
  const kept: Readonly<Record<string, JsonValue>> = keepAlive === undefined ? {} : { keep_alive: keepAlive };
  const { shown, isLoaded } = (await ask(asking)) ?? {};
  // What was guessed is nothing to tell anybody who is about to read that the server does not answer.
  if (shown === undefined) return { ...factsWith(cautiousWindow(asking), kept), notices: [] };
  checkCanChat(shown, model);
  const isRemote = isCloudName(model) || (shown.remote_host ?? '') !== '';
  const noted = notedOf(client, model);
  noted.isRemote = isRemote;
  noted.countsEverything = shown.capabilities !== undefined;
  const window = windowOf(shown, isRemote, asking);
  const { contextWindow, notices, parameters } = factsWith(window, kept);
  const loading = isLoaded === true || isRemote ? [] : [`${model} is being loaded into memory, which takes a while.`];
  return { contextWindow, parameters, ...abilitiesOf(shown.capabilities), notices: [...notices, ...loading] };
}
