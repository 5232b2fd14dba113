import { Buffer } from 'node:buffer';
import { truncate } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { Random, tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { readDotenv } from '../../src/dotenv/read-dotenv.js';
import { errorOf } from '../read/document.js';

async function read(content: string | Uint8Array): Promise<readonly (readonly [string, string, number])[]> {
  await using folder = await tempWorkspace({ '.env': content });
  const dotenv = await readDotenv({ path: folder.path('.env'), scope: 'project', isTrusted: false });
  return [...(dotenv?.variables ?? [])].map(([name, { value, line }]) => [name, value, line]);
}

test.each([
  ['nothing', '', []],
  [
    'a name and a value',
    'A=1\nB=2\n',
    [
      ['A', '1', 1],
      ['B', '2', 2],
    ],
  ],
  ['blanks and comments', '# A=0\n\n A = 1 # c\n#B=2', [['A', '1', 3]]],
  [
    'export',
    'export A=1\nexport  B = 2',
    [
      ['A', '1', 1],
      ['B', '2', 2],
    ],
  ],
  [
    'quotes',
    'A="x # y"\nB=\'z\'\nC=`q"r`',
    [
      ['A', 'x # y', 1],
      ['B', 'z', 2],
      ['C', 'q"r', 3],
    ],
  ],
  [
    'several lines in quotes',
    'A="x\nB=0\ny"\nC=1',
    [
      ['A', 'x\nB=0\ny', 1],
      ['C', '1', 4],
    ],
  ],
  [
    'a quote that is not closed',
    'A="x\nB=1',
    [
      ['A', '"x', 1],
      ['B', '1', 2],
    ],
  ],
  [
    'line ends of Windows',
    'A=1\r\nB="x\r\ny"\r\nC=2\r\n',
    [
      ['A', '1', 1],
      ['B', 'x\ny', 2],
      ['C', '2', 4],
    ],
  ],
  ['a byte order mark', '\ufeffA=1', [['A', '1', 1]]],
  [
    'no value',
    'A=\nB=1',
    [
      ['A', '', 1],
      ['B', '1', 2],
    ],
  ],
  [
    'the last of two',
    'A=1\nB=2\nA=3',
    [
      ['A', '3', 3],
      ['B', '2', 2],
    ],
  ],
  ['no assignment', 'hello\n=x\n1A=1\nA B=2\nC: 3\nD=1', [['D', '1', 6]]],
  ['names of objects', '__proto__=x\nconstructor=y', [['constructor', 'y', 2]]],
  ['what a shell would replace', 'A=${HOME}$(id)', [['A', '${HOME}$(id)', 1]]],
])('%s', async (_what, text, expected) => {
  expect(await read(text)).toEqual(expected);
});

/** A value as people write them: bare or in quotes, perhaps over several lines, perhaps with a comment. */
function writtenValue(random: Random): string {
  const bare = Array.from({ length: random.below(6) }, () =>
    random.pick(['x', 'y', '$', '=', '{', '}', '/', ':', '\\n']),
  );
  const quote = random.pick(['', '"', "'", '`']);
  if (quote === '') return ['v', ...bare].join('');
  const others = ['#', ' ', '\n', 'N0=', '"', "'", '`'].filter((piece) => piece !== quote);
  const inside = bare.flatMap((piece) => [piece, random.pick(others)]).join('');
  return `${quote}${inside}${quote}${random.pick(['', ' # comment'])}`;
}

describe('what Node reads from a text is what is read here, and each line is that of the assignment', () => {
  test.each(Array.from({ length: 100 }, (_, seed) => seed))('seed %i', async (seed) => {
    const random = new Random(seed);
    const written = Array.from({ length: 1 + random.below(5) }, (_, index) => `N${index + 1}=${writtenValue(random)}`);
    const text = `${written.join('\n')}\n`;
    const found = await read(text);
    expect(Object.fromEntries(found.map(([name, value]) => [name, value]))).toEqual({ ...parseEnv(text) });
    const lines = written.map((_, index) => written.slice(0, index).join('\n').split('\n').length + Math.min(index, 1));
    expect(found.map(([, , line]) => line)).toEqual(lines);
  });
});

test('no .env is none', async () => {
  await using folder = await tempWorkspace();
  expect(await readDotenv({ path: folder.path('.env'), scope: 'project', isTrusted: false })).toBeUndefined();
});

test('a huge file, another encoding and what is no text are refused with the name of the file', async () => {
  await using folder = await tempWorkspace({ '.env': '' });
  await truncate(folder.path('.env'), 100 * 1024 * 1024);
  const large = await errorOf(readDotenv({ path: folder.path('.env'), scope: 'project', isTrusted: false }));
  expect([large.code, large.message]).toEqual([
    'config_invalid',
    expect.stringContaining('/.env cannot be read: it is larger'),
  ]);
  expect((await errorOf(read(Buffer.from('\ufeffA=1', 'utf16le')))).message).toContain('it is written in UTF-16');
  expect((await errorOf(read(Buffer.from('A=1\nB=\xe9', 'latin1')))).message).toContain('line 2 is not UTF-8');
});

test('a megabyte of open quotes is read in no time', async () => {
  const started = performance.now();
  await read('A="\'\n'.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(10_000);
});
