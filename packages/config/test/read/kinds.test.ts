import { Buffer } from 'node:buffer';
import { existsSync, renameSync, truncateSync } from 'node:fs';
import { chmod, symlink, truncate } from 'node:fs/promises';
import { runProcess, tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { readRegularFile } from '../../src/read/read-regular-file.js';
import { canBeUser, runAsUser } from '../as-user.js';
import { errorOf, readPath, readText } from './document.js';

describe('what is no readable file is refused at once, by its name', () => {
  test('a directory', async () => {
    await using folder = await tempWorkspace({ 'trae_config.json/x': '' });
    const { code, message, hint } = await errorOf(readPath(folder.path('trae_config.json')));
    expect(code).toBe('config_invalid');
    expect(message).toBe(`${folder.path('trae_config.json')} cannot be read: it is a directory.`);
    expect(hint).toBe('Mend it, remove it, or name another one with --config-file.');
  });

  test('a pipe that nobody writes to', async () => {
    await using folder = await tempWorkspace();
    await runProcess('mkfifo', [folder.path('.traerc')]);
    const { message } = await errorOf(readPath(folder.path('.traerc')));
    expect(message).toContain('.traerc cannot be read: it is a pipe');
  });

  test.each(['/dev/null', '/dev/zero', '/dev/tty'])('a link to %s', async (device) => {
    await using folder = await tempWorkspace();
    await symlink(device, folder.path('.traerc'));
    expect((await errorOf(readPath(folder.path('.traerc')))).message).toContain('it is a device or a socket');
  });

  test('a link that leads nowhere', async () => {
    await using folder = await tempWorkspace();
    await symlink('gone.json', folder.path('trae_config.json'));
    const { message } = await errorOf(readPath(folder.path('trae_config.json')));
    expect(message).toContain('trae_config.json cannot be read: it is a link to gone.json, and nothing is there.');
  });

  test('a link to itself', async () => {
    await using folder = await tempWorkspace();
    await symlink('.traerc', folder.path('.traerc'));
    expect((await errorOf(readPath(folder.path('.traerc')))).message).toContain(
      'it is a link that leads back to itself',
    );
  });

  test('a file of 100 MB, without reading it', async () => {
    await using folder = await tempWorkspace({ 'trae_config.json': '{}' });
    await truncate(folder.path('trae_config.json'), 100 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    const { message } = await errorOf(readPath(folder.path('trae_config.json')));
    expect(message).toContain('trae_config.json cannot be read: it is larger than 1 MB');
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  test('nothing', async () => {
    await using folder = await tempWorkspace();
    const { code, message } = await errorOf(readPath(folder.path('trae_config.json')));
    expect([code, message]).toEqual(['config_invalid', expect.stringContaining('there is no such file')]);
  });

  test.skipIf(!canBeUser)('a file that may not be read', async () => {
    await using folder = await tempWorkspace({ 'trae_config.json': '{}' });
    await chmod(folder.path('trae_config.json'), 0o000);
    const { stdout } = await runAsUser(`
      const { readDocument } = await import(src('read/read-document.ts'));
      const file = { path: ${JSON.stringify(folder.path('trae_config.json'))}, scope: 'project', isTrusted: false };
      await readDocument(file).catch((error) => console.log(error.code, error.message));
    `);
    expect(stdout).toMatch(/^config_invalid .*trae_config\.json cannot be read: permission denied\.\n$/);
  });
});

describe('a file that the person named is their argument, so that the error is one of usage', () => {
  test.each([
    ['a directory', 'folder', 'it is a directory'],
    ['nothing', 'none.json', 'there is no such file'],
  ])('%s', async (_what, name, reason) => {
    await using folder = await tempWorkspace({ 'folder/x': '' });
    const { code, message } = await errorOf(readPath(folder.path(name), 'named'));
    expect(code).toBe('usage');
    expect(message).toContain(`The configuration file ${folder.path(name)} cannot be read: ${reason}.`);
  });

  test.each(['config.toml', 'config.js', 'config.mjs', 'config.ts', 'config.cjs'])('%s', async (name) => {
    await using folder = await tempWorkspace({ [name]: 'throw new Error()' });
    const { code, message, hint } = await errorOf(readPath(folder.path(name), 'named'));
    expect(code).toBe('usage');
    expect(message).toContain(`${name} has a format that is not read`);
    expect(hint).toBe('A configuration is JSON (.json) or YAML (.yaml, .yml).');
  });

  test('but not one of what it says', async () => {
    await using folder = await tempWorkspace({ 'mine.json': '{' });
    expect((await errorOf(readPath(folder.path('mine.json'), 'named'))).code).toBe('config_invalid');
  });
});

describe('another encoding is told by its name or by its line', () => {
  test.each([
    ['UTF-16, low byte first', Buffer.from('\ufeff{"a": 1}', 'utf16le'), 'it is written in UTF-16; save it as UTF-8'],
    ['UTF-16, high byte first', Buffer.from('\ufeff{"a": 1}', 'utf16le').swap16(), 'it is written in UTF-16'],
    ['UTF-16 without a mark', Buffer.from('{\n"a": 1}', 'utf16le'), 'line 1 holds a NUL character'],
    ['Latin-1', Buffer.from('{\n"a": "\xe9"\n}', 'latin1'), 'line 2 is not UTF-8; save it as UTF-8'],
    ['Latin-1 in the last line', Buffer.from('{\n\n"\xe9"}', 'latin1'), 'line 3 is not UTF-8'],
    ['UTF-8 cut in two', Buffer.from('{"a": "é').subarray(0, 8), 'line 1 is not UTF-8'],
  ])('%s', async (_what, bytes, reason) => {
    const { code, message } = await errorOf(readText('trae_config.json', bytes));
    expect(code).toBe('config_invalid');
    expect(message).toContain(`trae_config.json cannot be read: ${reason}`);
  });
});

describe('a file is opened once, and what is known about it is known of what was opened', () => {
  test('though its name leads elsewhere before it is read', async () => {
    await using folder = await tempWorkspace({ 'inside.json': 'inside', 'outside.json': 'outside' });
    await symlink('inside.json', folder.path('link'));
    await symlink('outside.json', folder.path('other'));
    const reading = await readRegularFile(folder.path('link'), ({ realPath }) => {
      renameSync(folder.path('other'), folder.path('link'));
      return realPath === folder.path('inside.json');
    });
    expect(reading.status === 'read' ? reading.bytes.toString() : reading.status).toBe('inside');
  });

  test('and nothing is read before the guard has agreed', async () => {
    await using folder = await tempWorkspace({ x: 'x' });
    expect(await readRegularFile(folder.path('x'), () => false)).toEqual({ status: 'declined' });
  });

  test('and what grows beyond the limit meanwhile is refused', async () => {
    await using folder = await tempWorkspace({ x: 'x' });
    const reading = await readRegularFile(folder.path('x'), () => {
      truncateSync(folder.path('x'), 3 * 1024 * 1024);
      return true;
    });
    expect(reading).toMatchObject({ status: 'refused', kind: 'too_large' });
  });

  test.skipIf(!existsSync('/proc/self/status'))('and what claims to be empty is read to its end', async () => {
    const reading = await readRegularFile('/proc/self/status');
    expect(reading.status === 'read' ? reading.bytes.toString() : reading.status).toContain('Pid:');
  });
});
