import { describe, expect, test } from 'vitest';
import { createNormaliser } from '../../src/replay/normalise.js';

const recorded = createNormaliser({ root: '/home/ann/app', temporaryDirectory: '/tmp' });
const now = createNormaliser({ root: '/srv/the app', temporaryDirectory: '/scratch/tmp' });

type Pair = readonly [recorded: string, now: string];

const isSame = ([before, after]: Pair): boolean => recorded(before).text === now(after).text;

const kinds: Readonly<Record<string, { readonly same: readonly Pair[]; readonly different: readonly Pair[] }>> = {
  'the workspace': {
    same: [
      ['in /home/ann/app', 'in /srv/the app'],
      ['/home/ann/app/src/a.ts:1:2', '/srv/the app/src/a.ts:1:2'],
      ['at file:///home/ann/app/a.js', 'at file:///srv/the%20app/a.js'],
      ['Saved in /home/ann/app.', 'Saved in /srv/the app.'],
    ],
    different: [
      ['/home/ann/app/src/a.ts', '/srv/the app/src/b.ts'],
      ['/home/ann/app-2/a.ts', '/srv/the app/a.ts'],
      ['/home/ann/app.bak', '/srv/the app.old'],
      ['/mnt/home/ann/app', '/srv/the app'],
    ],
  },
  'temporary paths': {
    same: [
      ['/tmp/tmp.Ab3dE6gH9z', '/tmp/tmp.0123456789'],
      ['/tmp/tmp.Ab3dE6gH9z/out.log', '/scratch/tmp/tmp.0123456789/out.log'],
      ['/tmp/tmpab12cd_x.py', '/tmp/tmpzzzzzzzz.py'],
      ['/tmp/build-Ab3dE6/a.o', '/var/folders/zz/abc123/T/build-x9Y8z7/a.o'],
      ['/tmp/x-123e4567-e89b-42d3-a456-426614174000', '/tmp/x-00000000-0000-4000-8000-000000000000'],
      ['/tmp/pytest-of-ann/pytest-3/test_a0/f', '/tmp/pytest-of-root/pytest-0/test_a0/f'],
      ['cd /tmp', 'cd /scratch/tmp'],
      ['Saved in /tmp/notes.txt.', 'Saved in /scratch/tmp/notes.txt.'],
      [
        'The rest is in /home/ann/.local/state/trae-cli/projects/app-1a2b3c4d/2026-05-01T12-00-00-ab12.output/call_1.txt.',
        'The rest is in /root/.local/state/trae-cli/projects/the-app-9f8e7d6c/2026-06-02T08-30-00-zz99.output/call_1.txt.',
      ],
    ],
    different: [
      ['/tmp/notes.txt', '/tmp/letters.txt'],
      ['/tmp/test-parser.py', '/tmp/test-lexer.py'],
      ['/tmp/tmp.Ab3dE6gH9z/a.log', '/tmp/tmp.0123456789/b.log'],
      ['/tmp/tmpab12cd_x.py', '/tmp/tmpzzzzzzzz.js'],
      ['/tmp/notes.txt', '/home/notes.txt'],
      ['/state/2026-05-01T12-00-00-ab12.output/call_1.txt', '/state/2026-06-02T08-30-00-zz99.output/call_2.txt'],
    ],
  },
  'dates and times': {
    same: [
      ['2026-05-01T12:00:00.123Z', '2027-11-30T01:02:03Z'],
      ['2026-05-01 12:00:00,123 INFO', '2026-05-02 13:01:09,9 INFO'],
      ['2026-05-01 12:00:00 +0200', '2026-05-02 13:01:09 -0700'],
      ['Fri May  1 12:00:00 UTC 2026', 'Sat May 12 09:08:07 UTC 2027'],
      ['Date: Fri, 01 May 2026 12:00:00 GMT', 'Date: Sat, 02 May 2026 13:00:00 GMT'],
      ['Date:   Fri May 1 12:00:00 2026 +0200', 'Date:   Sat May 2 13:00:00 2026 -0700'],
      ['-rw-r--r-- 1 ann ann 10 May  1 12:00 a', '-rw-r--r-- 1 ann ann 10 Jun 11  2025 a'],
      ['on 2026-05-01', 'on 2027-01-31'],
      ['[12:00:00] started', '[9:59:59] started'],
    ],
    different: [
      ['2026-05-01T12:00:00Z ok', '2026-05-01T12:00:00Z failed'],
      ['src/a.ts:12:30', 'src/a.ts:12:31'],
      ['src/a.ts:12:30:', 'src/a.ts:13:30:'],
      ['version 1.2.3', 'version 1.2.4'],
      ['12:00', '12:01'],
      ['2026', '2027'],
    ],
  },
  durations: {
    same: [
      ['ok 1 (12ms)', 'ok 1 (1.5ms)'],
      ['Ran 3 tests in 0.001s', 'Ran 3 tests in 1.25s'],
      ['3 passed in 12 seconds', '3 passed in 1 second'],
      ['real\t0m0.003s', 'real\t12m1.250s'],
      ['# duration_ms 12.3456', '# duration_ms 7'],
      ['"durationMs": 12', '"durationMs": 345'],
      ['took 2m 3s', 'took 1m 59s'],
      ['[exit code 0, after 6.2 s]', '[exit code 0]'],
    ],
    different: [
      ['3 passed in 1s', '4 passed in 1s'],
      ['12 files', '13 files'],
      ['12msg', '13msg'],
      ['v1.2s', 'v1.3s'],
      ['duration: long', 'duration: short'],
      ['exit code: 0', 'exit code: 1'],
      ['[exit code 0, after 6.2 s]', '[exit code 1]'],
      ['width: 12px', 'width: 13px'],
    ],
  },
  'process ids': {
    same: [
      ['pid 4711', 'pid 12'],
      ['PID: 4711, ppid=1', 'PID: 12, ppid=99'],
      ['[1] 4711', '[1] 99'],
      ['(node:4711) Warning', '(node:12) Warning'],
      ['==4711==ERROR', '==99==ERROR'],
      ['{"pid":4711}', '{"pid":12}'],
    ],
    different: [
      ['[1] 4711', '[2] 4711'],
      ['[1] 4711 files', '[1] 4712 files'],
      ['process 1 of 2', 'process 2 of 2'],
      ['4711', '4712'],
      ['rapid 4711', 'rapid 4712'],
    ],
  },
  ports: {
    same: [
      ['http://localhost:43210/a', 'http://localhost:51234/a'],
      ['127.0.0.1:43210', '127.0.0.1:51234'],
      ['[::1]:43210', '[::1]:51234'],
      ['listening on port 43210', 'listening on port 51234'],
    ],
    different: [
      ['http://localhost:3000', 'http://localhost:8080'],
      ['http://localhost:43210/a', 'http://localhost:43210/b'],
      ['example.com:43210', 'example.com:51234'],
      ['report 43210', 'report 51234'],
    ],
  },
  'anything else': {
    same: [['the same words', 'the same words']],
    different: [
      ['return a - b;', 'return a + b;'],
      ['a\n', 'a'],
      ['a  b', 'a b'],
      ['1 failed', '0 failed'],
      ['0x7f00', '0x7f01'],
    ],
  },
};

describe.each(Object.entries(kinds))('%s', (_kind, { same, different }) => {
  test.each(same)('%j may be %j now', (...pair) => {
    expect(isSame(pair)).toBe(true);
  });

  test.each(different)('%j may not be %j now', (...pair) => {
    expect(isSame(pair)).toBe(false);
  });
});
