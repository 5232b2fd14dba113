import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { at, done, edit, person } from './cli.js';

const manyLines = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`);

const editing = () => [
  {
    calls: [
      edit({ command: 'create', path: 'two.txt', file_text: 'a\nb\n' }),
      edit({ command: 'create', path: 'many.txt', file_text: `${manyLines.join('\n')}\n` }),
      edit({ command: 'str_replace', path: 'many.txt', old_str: manyLines.join('\n'), new_str: 'one line' }),
    ],
  },
  done('ok'),
];

test('a new file is said with the number of its lines, and a long edit is cut', async () => {
  await using server = await modelServer(editing());
  await using me = await person();
  const { stderr } = await me.run(['run', 'x', ...at(server)]);
  expect(stderr).toContain('create two.txt (2 lines)\n');
  expect(stderr).toContain('create many.txt (100 lines)\n');
  expect(stderr).toMatch(/- line 1\n[^]*… \(\d+ characters\)\n {2}\+ one line\n/);
  expect(stderr).not.toContain('line 100');
});

test('--verbose shows whole arguments', async () => {
  await using server = await modelServer(editing());
  await using me = await person();
  const { stderr } = await me.run(['run', 'x', '--verbose', ...at(server)]);
  expect(stderr).toContain('create two.txt (2 lines)\n  + a\n  + b\n');
  expect(stderr).toContain('  + line 100\n');
  expect(stderr).toContain('  - line 100\n  + one line\n');
});

test('--verbose shows what the model thinks, apart from what it says', async () => {
  await using server = await modelServer([{ reasoning: 'Let me think.', text: 'It is so.' }]);
  await using me = await person();
  const verbose = await me.run(['run', 'x', '--verbose', ...at(server)]);
  expect(verbose.stderr).toContain('\n\nLet me think.\n\nIt is so.\n');
});

test('reasoning is not shown otherwise', async () => {
  await using server = await modelServer([{ reasoning: 'Let me think.', text: 'It is so.' }]);
  await using me = await person();
  const { stderr } = await me.run(['run', 'x', ...at(server)]);
  expect(stderr).toContain('It is so.');
  expect(stderr).not.toContain('think');
});

test('words that break off are followed by a line of their own: the error, or the next attempt', async () => {
  await using server = await modelServer([{ text: 'Half a sent', breaksOff: 'end' }, { text: 'The whole sentence.' }]);
  await using me = await person();
  const { exitCode, stdout, stderr } = await me.run(['run', 'x', ...at(server)]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'The whole sentence.\n' });
  expect(stderr).toMatch(/\n\nHalf a sent\nTrying again in [^\n]*\n\nThe whole sentence\.\n\nDone\./);
});

test('a path or a name that would command the terminal is shown without that', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person({ '\u001b[31mred/a.txt': '' });
  const directory = '\u001b[31mred';
  const flags = ['-w', directory, '-t', `${directory}/run.jsonl`, '--model-base-url', server.url];
  const { exitCode, stderr } = await me.run(['run', 'x', ...flags, '-m', '\u001b]0;title\u0007m']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('Working in ');
  expect(stderr).not.toContain('\u001b');
  expect(stderr).not.toContain('\u0007');
});
