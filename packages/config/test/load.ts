import { type ConfigRequest, loadConfig, type LoadedConfig } from '../src/index.js';
import { TraeError } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';

export type Scene = {
  /** In the workspace; a value that is no text is written as JSON, one key to a line. */
  readonly project?: Readonly<Record<string, unknown>>;
  /** The person's own `trae_config.json`. */
  readonly user?: unknown;
  readonly environment?: ConfigRequest['environment'];
  readonly isTrusted?: boolean;
};

const written = (content: unknown): string =>
  typeof content === 'string' ? content : JSON.stringify(content, null, 2);

/** Loads real files from a directory that is gone afterwards. The project's folder is trusted unless the scene says otherwise. */
export async function load({ project = {}, user, environment = {}, isTrusted = true }: Scene): Promise<LoadedConfig> {
  await using place = await tempWorkspace({
    'project/README.md': '',
    ...Object.fromEntries(Object.entries(project).map(([name, content]) => [`project/${name}`, written(content)])),
    ...(user === undefined ? {} : { 'config/trae_config.json': written(user) }),
  });
  // Without waiting, the files would be gone before they are read.
  return await loadConfig({
    workspace: place.path('project'),
    homeDirectory: place.path('home'),
    userDirectory: place.path('config'),
    trustFile: place.path('state', 'trust.json'),
    environment,
    trust: isTrusted,
  });
}

/** One `trae_config.json` in a trusted folder. */
export const loadFile = (content: unknown): Promise<LoadedConfig> => load({ project: { 'trae_config.json': content } });

/** The code, the words and the advice of whatever goes wrong. */
export async function failureOf(work: () => unknown): Promise<TraeError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TraeError) return error;
    throw error;
  }
  throw new Error('Nothing went wrong.');
}
