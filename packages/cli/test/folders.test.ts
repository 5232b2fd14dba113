import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { person } from './cli.js';

describe('trae-cli trust', () => {
  test('takes no variable that was not set for the current directory', async () => {
    await using me = await person();
    expect(await me.run(['trust', ''])).toMatchObject({
      exitCode: 2,
      stderr: 'Error: The folder to trust is empty.\nGive it a value, or leave it out.\n',
    });
    expect((await me.run(['trust', '--list'])).stdout).toBe('');
  });

  test('lists all or trusts one', async () => {
    await using me = await person();
    expect(await me.run(['trust', '--list', 'x'])).toMatchObject({
      exitCode: 2,
      stderr: 'Error: --list lists every folder, and "x" names one.\nLeave one of them out.\n',
    });
  });

  test('says what to name in the place of a folder that is not there', async () => {
    await using me = await person();
    const { exitCode, stderr } = await me.run(['trust', 'nowhere']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/nowhere cannot be reached[^]*\nName an existing directory with `trae-cli trust DIR`\.\n$/);
  });

  test('trusts no longer what is no longer there', async () => {
    await using me = await person({ 'inside/x': '' });
    await me.run(['trust', 'inside']);
    await rm(me.workspace.path('inside'), { recursive: true });
    expect((await me.run(['trust', '--remove', 'inside'])).stderr).toContain('is trusted no longer');
    expect((await me.run(['trust', '--list'])).stdout).toBe('');
  });

  test('does not call a list empty that it cannot read', async () => {
    await using me = await person();
    await me.home.write({ '.local/state/trae-cli/trust.json': 'garbage' });
    const { exitCode, stdout, stderr } = await me.run(['trust', '--list']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/trust\.json, is not believed[^]*No folder is trusted/);
  });
});
