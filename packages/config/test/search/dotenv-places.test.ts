import { symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { FoundConfiguration } from '../../src/search/find-files.js';
import { homeWith } from './search.js';

const value = ({ dotenv }: FoundConfiguration): string | undefined => dotenv?.variables.get('AT')?.value;

const files = { 'project/.git/HEAD': '', 'project/.env': 'AT=root', 'project/a/.env': 'AT=a', '.env': 'AT=home' };

describe('the .env that counts', () => {
  test('lies in the workspace, where there is no configuration', async () => {
    await using home = await homeWith(files);
    const found = await home.search({ from: 'project/a' });
    expect(value(found)).toBe('a');
    expect(found.dotenv?.file).toEqual({ path: home.path('project/a/.env'), scope: 'project', isTrusted: false });
  });

  test('lies beside the configuration, where there is one', async () => {
    await using home = await homeWith({ ...files, 'project/.traerc': '' });
    expect(value(await home.search({ from: 'project/a' }))).toBe('root');
  });

  test('is no other, where there is none beside the configuration', async () => {
    await using home = await homeWith({ 'project/.git/HEAD': '', 'project/.traerc': '', 'project/a/.env': 'AT=a' });
    expect((await home.search({ from: 'project/a' })).dotenv).toBeUndefined();
  });

  test('lies beside a named file, and is trusted with it', async () => {
    await using home = await homeWith({ ...files, 'other/mine.yaml': '', 'other/.env': 'AT=other' });
    const named = { path: home.path('other/mine.yaml'), origin: '--config-file', isTrusted: true } as const;
    const found = await home.search({ named });
    expect(value(found)).toBe('other');
    expect(found.dotenv?.file).toEqual({ path: home.path('other/.env'), scope: 'named', isTrusted: true });
  });

  test('is trusted where its folder is, configuration or not', async () => {
    await using home = await homeWith(files);
    const found = await home.search({ isTrusted: (directory) => directory === home.path('project') });
    expect(found.dotenv?.file.isTrusted).toBe(true);
  });

  test('never is the one beside the person’s own file', async () => {
    await using home = await homeWith({
      '.config/trae-cli/trae_config.json': '{}',
      '.config/trae-cli/.env': 'AT=user',
    });
    expect((await home.search()).dotenv).toBeUndefined();
  });
});

describe('a .env that is none', () => {
  test('but a directory, as Python makes them', async () => {
    await using home = await homeWith({ 'project/.env/bin/python': '' });
    expect(await home.search()).toEqual({});
  });

  test('but a link to a file that is still to come', async () => {
    await using home = await homeWith({});
    await symlink('.env.local', home.path('project/.env'));
    expect(await home.search()).toEqual({});
  });
});
