import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { isTrajectoryFile, requireReplaceable } from '../../src/index.js';
import { writeJournal } from '../journal-file.js';
import { commandRun } from '../sample-run.js';

const document = JSON.stringify({ task: 'x', llm_interactions: [], agent_steps: [], success: true }, null, 2);

describe('what may be replaced by a trajectory', () => {
  test.each([
    ['nothing yet', '', true],
    ['the beginning of a first record', '{"v":1,"se', true],
    ['a journal of a newer version', '{"v":7,"seq":1,"at":"2026-05-01T12:00:00Z","event":{"type":"x"}}\n', true],
    ["the original's document", document, true],
    ['prose', 'Dear diary.\n', false],
    ['prose without an end', 'Dear diary.', false],
    ['a blank line, then prose', '\nDear diary.', false],
    ['blank lines', '\n\n', false],
    ['other JSON', '{"name":"package"}', false],
    ['other JSON with a version', '{"v":1,"seq":"of something else"}\n', false],
    ['a document that is cut off', document.slice(0, -2), false],
    ['other JSON Lines', '{"type":"log"}\n{"type":"log"}\n', false],
  ])('%s: %#', async (_name, content, expected) => {
    await using folder = await tempWorkspace({ file: content });
    expect(await isTrajectoryFile(folder.path('file'))).toBe(expected);
  });

  test('a journal, and no directory', async () => {
    await using folder = await tempWorkspace();
    await writeJournal(folder.path('run.jsonl'), commandRun('x', []));
    expect(await isTrajectoryFile(folder.path('run.jsonl'))).toBe(true);
    expect(await isTrajectoryFile(folder.root)).toBe(false);
    expect(await isTrajectoryFile(folder.path('none'))).toBe(false);
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

  test.skipIf(!existsSync('/dev/zero'))('no device, which could be read for ever', async () => {
    expect(await isTrajectoryFile('/dev/zero')).toBe(false);
  });
});
