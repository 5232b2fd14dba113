/** The programs that are measured, each as the command that does a task against a model server. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const floorProgram = fileURLToPath(new URL('floor.mjs', import.meta.url));
const ourProgram = fileURLToPath(new URL('../packages/cli/bin/trae-cli.js', import.meta.url));

export const task = 'do the steps';
/** Tokens: the window that the model is said to have, which no request may exceed. */
export const contextWindow = 200_000;

export const floorOver = (transport) => ({
  name: `floor over ${transport}`,
  argumentsFor: ({ baseUrl }) => [floorProgram, transport, baseUrl, task],
  leftBehind: () => ({}),
});

const asFlags = (values) => Object.entries(values).flatMap(([flag, value]) => [`--${flag}`, value]);

export const ours = {
  name: 'trae-cli',
  argumentsFor: ({ baseUrl, workspace, journal }) => [
    ourProgram,
    'run',
    task,
    '--quiet',
    ...asFlags({ provider: 'openai_compatible', 'model-base-url': baseUrl, model: 'bench' }),
    ...asFlags({ 'context-window': String(contextWindow), 'max-steps': '2000' }),
    ...asFlags({ 'working-dir': workspace, 'trajectory-file': journal }),
  ],
  leftBehind: async ({ journal }) => ({ journalBytes: (await stat(journal)).size }),
};

/** The command line alone, started and ended. */
export const startOf = (...flags) => [ourProgram, ...flags];
/** Node alone, which is the floor of every start. */
export const bareNode = ['-e', '0'];

const key = 'bench-key-0123456789';

/** A home of its own and a key, as a person has one: what is recorded then passes through the redactor. */
export function environmentOf(home) {
  const { PATH, LANG } = process.env;
  return {
    PATH,
    ...(LANG === undefined ? {} : { LANG }),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    OPENAI_COMPATIBLE_API_KEY: key,
    BENCH_API_KEY: key,
  };
}
