import { readFile } from 'node:fs/promises';
import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { at, done, person } from './cli.js';

type Case = { readonly name: string; readonly args: readonly string[]; readonly says: string };

const cases: readonly Case[] = [
  {
    name: 'a flag that is nearly one',
    args: ['run', 'x', '--provder', 'groq'],
    says: "Error: Unknown option '--provder'. Did you mean --provider?\n`trae-cli run --help` lists what there is.\n",
  },
  {
    name: 'a command that is nearly one',
    args: ['trajectory', 'shwo', 'x'],
    says: "Error: Unknown command 'shwo'. Did you mean show?\n`trae-cli trajectory --help` lists what there is.\n",
  },
  {
    name: 'a task without run',
    args: ['Fix the bug'],
    says:
      "Error: Unknown command 'Fix the bug'.\n" +
      'A task is given like this: trae-cli run "Fix the failing test". `trae-cli --help` lists what there is.\n',
  },
  {
    name: 'a task that was not quoted',
    args: ['run', 'fix', 'the', 'bug'],
    says:
      "Error: Too many arguments for 'run'. Expected 1 argument but got 3.\n" +
      'Put the task in quotes: trae-cli run "Fix the failing test".\n',
  },
  {
    name: 'a task that begins with a dash',
    args: ['run', '- fix the bug'],
    says: "Error: Unknown option '- fix the bug'.\nA task that begins with a dash stands after `--`.\n",
  },
  {
    name: 'help for what is not there',
    args: ['help', 'rnu'],
    says: "Error: Unknown command 'rnu'. Did you mean run?\nChoose one of run, init, login, logout, providers, models, doctor, show-config, trust, tools, trajectory, completion.\n",
  },
  {
    name: 'help for what is not there in a group',
    args: ['help', 'trajectory', 'shwo'],
    says: "Error: Unknown command 'shwo'. Did you mean show?\nChoose one of show, export.\n",
  },
  {
    name: 'the help of a command that there is not',
    args: ['rnu', '--help'],
    says: "Error: Unknown command 'rnu'. Did you mean run?\nChoose one of run, init, login, logout, providers, models, doctor, show-config, trust, tools, trajectory, completion.\n",
  },
  {
    name: 'a group of commands alone',
    args: ['trajectory'],
    says: 'Error: `trae-cli trajectory` needs a command.\nChoose one of show, export.\n',
  },
  {
    name: 'a flag without its value',
    args: ['run', 'x', '--max-steps'],
    says: "Error: Option '--max-steps <number>' argument missing.\n`trae-cli run --help` lists what there is.\n",
  },
  {
    name: 'quiet and verbose at once',
    args: ['run', 'x', '--quiet', '--verbose'],
    says: "Error: Option '--quiet' cannot be used with option '--verbose'.\nLeave one of them out.\n",
  },
  {
    name: 'a recorded run with an address and a key',
    args: ['run', 'x', '-p', 'replay', '-m', 'run.jsonl', '-k', 'key', '--model-base-url', 'http://127.0.0.1:9/v1'],
    says:
      'Error: --provider replay sends no requests, so --model-base-url and --api-key cannot be meant.\n' +
      'Leave one of them out.\n',
  },
];

describe('what cannot be meant is said in one message: what is wrong, then what to do', () => {
  test.each(cases)('$name', async ({ args, says }) => {
    await using me = await person();
    expect(await me.run(args)).toMatchObject({ exitCode: 2, stdout: '', stderr: says });
  });

  test.each([
    [['help', 'trajectory', 'export'], 'Usage: trae-cli trajectory export'],
    [['help', 'help'], 'Usage: trae-cli [options] [command]'],
    [['help'], 'Usage: trae-cli [options] [command]'],
    [['trajectory', 'help', 'show'], 'Usage: trae-cli trajectory show'],
    [['help', 'run', '--help'], 'Usage: trae-cli run'],
  ])('%j is the help of what it names', async (args, usage) => {
    await using me = await person();
    const { exitCode, stdout, stderr } = await me.run(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toContain(usage);
  });

  test('no help is wider than a terminal', async () => {
    const page = await readFile(new URL('../../../docs/command-line.md', import.meta.url), 'utf8');
    expect(page.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test.each([
    '--file',
    '--working-dir',
    '--allow-path',
    '--image',
    '--provider',
    '--model',
    '--model-base-url',
    '--api-key',
    '--patch-path',
    '--trajectory-file',
  ])('%s with a variable that was not set', async (flag) => {
    await using me = await person();
    const { exitCode, stderr } = await me.run(['run', 'x', flag, '']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `Error: ${flag} is empty.\nGive it a value, or leave it out.\n`,
    });
  });
});

const documentSchema = z.strictObject({
  version: z.literal(1),
  status: z.string(),
  reason: z.string().nullable(),
  summary: z.literal(''),
  steps: z.literal(0),
  usage: z.null(),
  cost: z.null(),
  stepsWithoutCost: z.literal(0),
  models: z.tuple([]),
  durationMs: z.literal(0),
  trajectory: z.null(),
  error: z.looseObject({ code: z.string(), message: z.string() }).nullable(),
});

describe('whoever asked for json gets the object', () => {
  test.each([
    ['an unknown flag', ['--provder', '--output-format', 'json']],
    ['an unknown flag after the format', ['--output-format=json', '--provder']],
    ['a value that is none', ['--max-steps', '0', '--output-format', 'json']],
    ['a task that was not quoted', ['y', '--output-format', 'json']],
    ['the last of two formats', ['--output-format', 'text', '--output-format', 'json', '--timeout']],
  ])('%s', async (_name, args) => {
    await using me = await person();
    const { exitCode, stdout, stderr } = await me.run(['run', 'x', ...args]);
    const { error } = documentSchema.parse(JSON.parse(stdout));
    expect(exitCode).toBe(2);
    expect(error?.code).toBe('usage');
    expect(stderr).toContain(error?.message);
  });

  test('a run that was stopped while the task was read', async () => {
    await using server = await modelServer([done('never')]);
    await using me = await person();
    await using running = me.start(['run', '-', '--timeout', '0.5', '--output-format', 'json', ...at(server)], {
      keepInputOpen: true,
    });
    const { exitCode, stdout, stderr } = await running.ended;
    expect(exitCode).toBe(1);
    expect(documentSchema.parse(JSON.parse(stdout))).toMatchObject({ status: 'stopped', reason: 'time_limit' });
    expect(stderr).toContain('--timeout');
  });

  test('the text after -- is a task, whatever it looks like', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await person();
    const { exitCode, stdout } = await me.run(['run', ...at(server), '--', '--output-format json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'ok\n' });
    expect(JSON.stringify(server.requests[0]?.body)).toContain('"content":"--output-format json"');
  });
});

describe('a task is words', () => {
  test.each([
    ['a file that is too big', ['-f', 'big'], 'The task file big has more than 4 MiB'],
    ['a file without an end', ['-f', '/dev/zero'], 'The task file /dev/zero has more than 4 MiB'],
    ['a file of bytes', ['-f', 'bytes'], 'The task file bytes is not text'],
    ['bytes on standard input', ['x', '--stdin'], 'Standard input is not text'],
    ['an empty standard input', ['-'], 'The task is empty'],
  ])('%s', async (_name, args, says) => {
    await using me = await person({ big: 'word '.repeat(1024 * 1024), bytes: Uint8Array.of(1, 0, 255) });
    const input = args.includes('-') ? '' : Uint8Array.of(0, 1, 2);
    const { exitCode, stderr } = await me.run(['run', ...args], { input });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });

  test('more than 4 MiB on standard input', async () => {
    await using me = await person();
    const { exitCode, stderr } = await me.run(['run', '-'], { input: 'word '.repeat(1024 * 1024) });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Standard input has more than 4 MiB');
  });
});
