import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { addTrustedFolder, type ConfigRequest, type LoadedConfig, loadConfig } from '../src/index.js';

const files = {
  'repo/trae_config.json': '{"allow_paths": [".."]}',
  'repo/inner/trae_config.json': '{"allow_paths": [".."]}',
};

type Place = { path(...segments: readonly string[]): string };

const loadIn = (place: Place, request: Partial<ConfigRequest> = {}): Promise<LoadedConfig> =>
  loadConfig({
    workspace: place.path('repo'),
    homeDirectory: place.path('home'),
    userDirectory: place.path('config'),
    trustFile: place.path('state/trust.json'),
    environment: {},
    trust: false,
    ...request,
  });

const isTrusted = ({ files, general }: LoadedConfig): readonly unknown[] => [
  files[0]?.isTrusted,
  general.allowPaths !== undefined,
];

test('a folder is trusted once it is in the list, and the one inside it is not', async () => {
  await using place = await tempWorkspace(files);
  expect(isTrusted(await loadIn(place))).toEqual([false, false]);
  await addTrustedFolder(place.path('state/trust.json'), place.path('repo'), new Date(0));
  expect(isTrusted(await loadIn(place))).toEqual([true, true]);
  expect(isTrusted(await loadIn(place, { workspace: place.path('repo/inner') }))).toEqual([false, false]);
});

test.each<[string, Partial<ConfigRequest>, string | undefined, boolean]>([
  ['--trust', { trust: true }, undefined, true],
  ['naming the file', {}, '--config-file', true],
  ['a relative name in a variable', {}, 'TRAE_CONFIG_FILE', false],
])('%s decides for this run', async (_case, request, origin, expected) => {
  await using place = await tempWorkspace(files);
  const named =
    origin === '--config-file' || origin === 'TRAE_CONFIG_FILE'
      ? { named: { path: place.path('repo/inner/trae_config.json'), origin, isTrusted: expected } as const }
      : {};
  expect(isTrusted(await loadIn(place, { ...request, ...named }))).toEqual([expected, expected]);
});

test('a list that somebody else may have written trusts nobody, and is told', async () => {
  await using place = await tempWorkspace({ ...files, 'state/trust.json': '{"version": 1, "folders": "all"}' });
  const config = await loadIn(place);
  expect(isTrusted(config)).toEqual([false, false]);
  expect(config.findings).toMatchObject([
    {
      kind: 'untrusted',
      message: expect.stringMatching(
        /^The list of trusted folders, .*trust\.json, is not believed, and no folder is trusted: \w/,
      ),
    },
    { kind: 'untrusted', key: 'allow_paths' },
  ]);
});
