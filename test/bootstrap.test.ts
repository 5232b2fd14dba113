import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runProcess, tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';

const bootstrap = fileURLToPath(new URL('../scripts/bootstrap.mjs', import.meta.url));

describe('a Node that is too old', () => {
  test.each(['12.22.9', '18.20.8', '20.18.3'])('%s is told so in one sentence', async (version) => {
    const faked = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });
      Object.defineProperty(process, 'version', { value: 'v${version}' });`;
    await using files = await tempWorkspace({ 'old-node.cjs': faked });
    const args = ['--require', files.path('old-node.cjs'), bootstrap];
    expect(await runProcess(process.execPath, args)).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: `Node 20.19 or newer is needed; this is v${version}. Install a newer Node and run this again.\n`,
    });
  });

  test('can read the file that tells it: nothing in it is newer than Node 12', async () => {
    const code = (await readFile(bootstrap, 'utf8')).replaceAll(/^\/\/.*/gm, '');
    expect(code).not.toMatch(/\?\.|\?\?|node:|^import\b|\bawait\b|\|\|=|#/m);
  });
});
