import { existsSync } from 'node:fs';
import { symlink, truncate } from 'node:fs/promises';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { requireReplaceable } from '../../src/index.js';
import { fileKind } from '../../src/journal/file-kind.js';
import { writeJournal } from '../journal-file.js';
import { commandRun } from '../sample-run.js';

const document = JSON.stringify({ task: 'x', llm_interactions: [], agent_steps: [], success: true }, null, 2);

/** Whether somebody who names this place for a trajectory is refused. */
const isRefused = (path: string): Promise<boolean> =>
  requireReplaceable(path).then(
    () => false,
    () => true,
  );

describe('only what is a trajectory, or nothing, may be replaced by one', () => {
  test.each([
    ['nothing yet', '', 'journal'],
    ['the beginning of a first record', '{"v":1,"se', 'journal'],
    ['a journal of a newer version', '{"v":7,"seq":1,"at":"2026-05-01T12:00:00Z","event":{"type":"x"}}\n', 'journal'],
    ["the original's document", document, 'document'],
    ['prose', 'Dear diary.\n', 'foreign'],
    ['prose without an end', 'Dear diary.', 'foreign'],
    ['a blank line, then prose', '\nDear diary.', 'foreign'],
    ['blank lines', '\n\n', 'foreign'],
    ['other JSON', '{"name":"package"}', 'foreign'],
    ['other JSON with a version', '{"v":1,"seq":"of something else"}\n', 'foreign'],
    ['a document that is cut off', document.slice(0, -2), 'foreign'],
    ['other JSON Lines', '{"type":"log"}\n{"type":"log"}\n', 'foreign'],
  ])('%s: %#', async (_name, content, kind) => {
    await using folder = await tempWorkspace({ file: content });
    expect(await fileKind(folder.path('file'))).toBe(kind);
    expect(await isRefused(folder.path('file'))).toBe(kind === 'foreign');
  });

  test('a whole journal may, a directory may not, and nothing is no obstacle', async () => {
    await using folder = await tempWorkspace();
    await writeJournal(folder.path('run.jsonl'), commandRun('x', []));
    const paths = [folder.path('run.jsonl'), folder.root, folder.path('none')];
    expect(await Promise.all(paths.map(fileKind))).toEqual(['journal', 'directory', 'missing']);
    expect(await Promise.all(paths.map(isRefused))).toEqual([false, true, false]);
  });

  test('a path that cannot be looked at is refused as one that cannot be written, with the flag that named it', async () => {
    await using folder = await tempWorkspace();
    await symlink('loop', folder.path('loop'));
    await expect(requireReplaceable(folder.path('loop'), '--output')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/cannot be written to .*leads back to itself/) as string,
      hint: expect.stringContaining('--output') as string,
    });
  });

  test('a file too large to be a document is not read to find out', async () => {
    await using folder = await tempWorkspace({ large: '{' });
    await truncate(folder.path('large'), 300 * 1024 ** 2);
    const before = process.memoryUsage().rss;
    expect(await fileKind(folder.path('large'))).toBe('foreign');
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 ** 2);
  });

  test.skipIf(!existsSync('/dev/zero'))(
    'a device is written to, and never read: that could last for ever',
    async () => {
      expect(await fileKind('/dev/zero')).toBe('special');
      expect(await isRefused('/dev/zero')).toBe(false);
    },
  );
});
