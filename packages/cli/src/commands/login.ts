import { looksLikeKey } from '@trae-cli/config';
import { type Secret, TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { runHost } from '../host/run-host.js';
import { checkKey } from '../login/check-key.js';
import { chooseProvider, keyVariableSet } from '../login/choose-provider.js';
import { keyFromText } from '../login/key-text.js';
import { type KeyStore, openKeyStore } from '../login/key-store.js';
import { type LoginTarget, loginTarget } from '../login/login-target.js';
import { readKeyText } from '../login/read-key.js';
import { type Asking, hasPerson, openPerson, whileAsking } from '../prompt/person.js';
import { reportError } from '../report-error.js';
import type { LoginFlags } from './declare/login.js';

type Login = { readonly asking: Asking; readonly store: KeyStore; readonly flags: LoginFlags };

type Given = { readonly target: LoginTarget; readonly text: string; readonly origin: string };

/** Throws where the key is to come from a pipe that is none, or from somebody who is not there. */
function checkWayIn(provider: string | undefined, { stdin = false }: LoginFlags, host: Host): void {
  const name = provider === undefined || looksLikeKey(provider) ? 'groq' : provider;
  const pipe = `printenv MY_KEY | trae-cli login ${name} --stdin`;
  if (stdin && host.isStdinTerminal)
    throw new TraeError('usage', '--stdin reads the key from a pipe, and standard input is a terminal.', {
      hint: `Leave --stdin out to be asked, or pipe the key in: ${pipe}`,
    });
  if (stdin && provider === undefined)
    throw new TraeError('usage', '--stdin has the key, and nobody said whose it is.', {
      hint: `Name the provider: ${pipe}`,
    });
  if (stdin || hasPerson(host)) return;
  throw new TraeError('usage', 'There is no terminal at which to ask for the key.', { hint: `Pipe it in: ${pipe}` });
}

/** The provider and its key, from the command line, from standard input, or from whoever is asked. */
async function take(provider: string | undefined, { asking, store, flags }: Login): Promise<Given> {
  const { host } = asking;
  checkWayIn(provider, flags, host);
  // One and the same for both questions: what is typed in between must not be shown.
  using person = flags.stdin === true ? undefined : openPerson(asking);
  const known = { stored: await store.providers(), environment: host.environment };
  const name = provider ?? (person === undefined ? '' : await chooseProvider(person, 'Whose key is it?', known));
  const target = await loginTarget(name, flags.modelBaseUrl, host);
  return { target, ...(await readKeyText(asking, target.entry, person)) };
}

/** What is good to know about a key that is stored now. */
function remarks({ entry, isCustom }: LoginTarget, { environment }: Host): readonly string[] {
  const variable = keyVariableSet(entry, environment);
  return [
    ...(variable === undefined ? [] : [`${variable} is set and outranks the stored key; unset it to use this one.`]),
    ...(isCustom
      ? [`${entry.id} is no built-in provider: give its base_url under model_providers in trae_config.json.`]
      : []),
  ];
}

/** Checks and stores. */
async function keep(key: Secret, target: LoginTarget, { asking, store, flags }: Login): Promise<number> {
  const { host } = asking;
  const check = flags.check ? await checkKey(key, target, asking) : undefined;
  host.stderr.showStatus('Storing the key…');
  const { where, place, notice } = await store.store(target.entry.id, key);
  host.stderr.showStatus('');
  const whose = place === 'file' ? ', which only you can read' : '';
  host.stdout.write(`Stored the key for ${target.entry.displayName} in ${where}${whose}.\n`);
  const notes = [
    ...(notice === undefined ? [] : [notice]),
    ...(check?.status === 'undecided' ? [`the key was not checked: ${check.reason.replace(/\.$/, '')}.`] : []),
    ...remarks(target, host),
  ];
  for (const note of notes) host.stderr.write(`Note: ${note}\n`);
  return 0;
}

async function login(provider: string | undefined, flags: LoginFlags, asking: Asking): Promise<number> {
  const { host, signal } = asking;
  const store = openKeyStore(host, { signal, mustBelieve: true });
  const { target, text, origin } = await take(provider, { asking, store, flags });
  const key = keyFromText(text, origin, target);
  // Whatever is written from here on, bugs included, is free of the key.
  const safe = { ...asking, host: runHost(host, [key]) };
  try {
    return await keep(key, target, { asking: safe, store, flags });
  } catch (error) {
    signal.throwIfAborted();
    return reportError(error, safe.host);
  }
}

/** `trae-cli login`: a key, from whoever has it to the keychain. */
export const loginCommand = (provider: string | undefined, flags: LoginFlags, host: Host): Promise<number> =>
  whileAsking(host, 'Cancelled. Nothing was stored.', (asking) => login(provider, flags, asking));
