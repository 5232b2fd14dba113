import {
  createGate,
  hasTerminal,
  modelServer,
  openTerminal,
  type Terminal,
  type TerminalOptions,
} from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { at, bash, done, type Person, person, program } from './cli.js';

const isRequired = (process.env['TRAE_REQUIRE_SYSTEM_PROGRAMS'] ?? '') !== '';
const canRun = isRequired || (await hasTerminal());
if (!canRun)
  process.stderr.write('\n*** tmux is missing: nothing is tested in a real terminal. Install tmux to mend that. ***\n');

const open = (me: Person, args: readonly string[], options: TerminalOptions = {}): Promise<Terminal> =>
  openTerminal([process.execPath, program, ...args], {
    cwd: me.workspace.root,
    ...options,
    env: { PATH: process.env['PATH'], HOME: me.home.root, TMPDIR: process.env['TMPDIR'], ...options.env },
  });

const count = (text: string, words: string): number => text.split(words).length - 1;

const escape = '\u001b[';

describe.skipIf(!canRun)('in a real terminal', () => {
  test('there are colours, and none in a pipe, with NO_COLOR, or on a dumb terminal', async () => {
    await using server = await modelServer(() => done('ok'));
    await using me = await person();
    const coloured = async (args: readonly string[], env = {}): Promise<string> => {
      await using terminal = await open(me, args, { env });
      expect(await terminal.untilEnded()).toBe(0);
      return await terminal.colouredScreen();
    };
    const run = ['run', 'x', ...at(server)];
    expect(await coloured(run)).toContain(`${escape}32mDone.`);
    expect(await coloured(run, { NO_COLOR: '1' })).not.toContain(escape);
    expect((await me.run(run)).stderr).not.toContain(escape);
    await using dumb = await openTerminal(['env', 'TERM=dumb', process.execPath, program, ...run], {
      cwd: me.workspace.root,
      env: { PATH: process.env['PATH'], HOME: me.home.root },
    });
    expect(await dumb.untilEnded()).toBe(0);
    expect(await dumb.colouredScreen()).not.toContain(escape);
  });

  test('the last words of the model are the result, and stand there once', async () => {
    await using server = await modelServer([{ text: 'The answer is 42.' }]);
    await using me = await person();
    await using terminal = await open(me, ['run', 'x', ...at(server)]);
    expect(await terminal.untilEnded()).toBe(0);
    expect(count(await terminal.screen(), 'The answer is 42.')).toBe(1);
  });

  test('a result that nobody has read yet is printed', async () => {
    await using server = await modelServer([{ text: 'I am through.', ...done('All is well.') }]);
    await using me = await person();
    await using terminal = await open(me, ['run', 'x', ...at(server)]);
    expect(await terminal.untilEnded()).toBe(0);
    expect(count(await terminal.screen(), 'All is well.')).toBe(1);
  });

  test.each([40, 80, 200])('no line of an output is wider than %i columns', async (columns) => {
    await using server = await modelServer([{ calls: [bash("printf 'wide %.0s' {1..100}")] }, done('ok')]);
    await using me = await person();
    await using terminal = await open(me, ['run', 'x', ...at(server)], { columns });
    expect(await terminal.untilEnded()).toBe(0);
    const rows = (await terminal.screen())
      .split('\n')
      .filter((row) => row.startsWith('  wide') || row.startsWith('wide'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveLength(columns);
    expect(rows[0]).toMatch(/…$/);
  });

  test('while the model is silent a line says so, and is gone when it speaks', async () => {
    const gate = createGate();
    await using server = await modelServer([
      async () => {
        await gate.opened;
        return { text: 'Here I am.' };
      },
    ]);
    await using me = await person();
    await using terminal = await open(me, ['run', 'x', ...at(server)]);
    await terminal.untilShown('Waiting for the model… ');
    gate.open();
    expect(await terminal.untilEnded()).toBe(0);
    const screen = await terminal.screen();
    expect(screen).toContain('Here I am.');
    expect(screen).not.toContain('Waiting');
  });

  test('Ctrl-C typed once ends the command and the run, and says how it ended', async () => {
    await using server = await modelServer([{ calls: [bash('echo begun; sleep 60')] }]);
    await using me = await person();
    await using terminal = await open(me, ['run', 'x', ...at(server)]);
    await terminal.untilShown('$ echo begun; sleep 60');
    await terminal.press('C-c');
    expect(await terminal.untilEnded()).toBe(130);
    expect(await terminal.screen()).toMatch(
      /Stopping… \(once more to leave at once\)[^]*Interrupted\.[^]*Trajectory: /,
    );
  });

  test('Ctrl-C typed twice leaves at once', async () => {
    await using server = await modelServer([{ calls: [bash("trap '' INT TERM; echo begun; sleep 60")] }]);
    await using me = await person();
    await using terminal = await open(me, ['run', 'x', ...at(server)]);
    await terminal.untilShown('sleep 60');
    await terminal.press('C-c', 'C-c');
    expect(await terminal.untilEnded()).toBe(130);
  });

  test('whoever has to type the task is told how to end it', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await person();
    await using terminal = await open(me, ['run', '-', ...at(server)]);
    await terminal.untilShown('Ctrl-D');
    await terminal.press('say hello', 'Enter', 'C-d');
    expect(await terminal.untilEnded()).toBe(0);
    expect(JSON.stringify(server.requests[0]?.body)).toContain('say hello\\n');
  });

  test('the help of run fits into 80 columns', async () => {
    await using me = await person();
    await using terminal = await open(me, ['run', '--help']);
    expect(await terminal.untilEnded()).toBe(0);
    const { stdout } = await me.run(['run', '--help']);
    expect(await terminal.screen()).toBe(stdout.trimEnd());
  });
});
