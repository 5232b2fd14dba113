import { existsSync } from 'node:fs';
import { link, mkdir, stat, symlink } from 'node:fs/promises';
import { modelServer, type ModelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { at, bash, done, type Person, person } from './cli.js';

const script = () => [{ text: 'Working.', calls: [bash('echo hi')] }, done('ok')];

const note = /^Note: the record stops before the run ended\./;

/** A person with the journal and the document of a finished run, `run.jsonl` and `run.json`. */
async function finished(me: Person, server: ModelServer): Promise<void> {
  const { exitCode } = await me.run(['run', 'the task', '-t', 'run.json', ...at(server)]);
  expect(exitCode).toBe(0);
}

async function ran(): Promise<Person> {
  await using server = await modelServer(script());
  const me = await person();
  await finished(me, server);
  return me;
}

describe('trajectory export', () => {
  test('makes the very document that -t writes, on standard output and nothing else there', async () => {
    await using me = await ran();
    const printed = await me.run(['trajectory', 'export', 'run.jsonl', '--format', 'trae-json']);
    expect(printed).toMatchObject({ exitCode: 0, stderr: '', stdout: await me.workspace.read('run.json') });
    expect((await me.run(['trajectory', 'export', 'run.jsonl', '-o', '-'])).stdout).toBe(printed.stdout);
  });

  test('writes it with -o, into a folder made for it, readable by nobody else, and replaces a trajectory', async () => {
    await using me = await ran();
    const args = ['trajectory', 'export', 'run.jsonl', '-o', 'made/here.json'];
    for (let time = 0; time < 2; time += 1) {
      expect(await me.run(args)).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    }
    expect(await me.workspace.read('made/here.json')).toBe(await me.workspace.read('run.json'));
    expect((await stat(me.workspace.path('made/here.json'))).mode & 0o777).toBe(0o600);
  });

  test('of a run killed in the middle of a command: what was recorded, without success, end or result', async () => {
    await using server = await modelServer([{ text: 'Working.', calls: [bash('echo started; sleep 600')] }]);
    await using me = await person();
    await using running = me.start(['run', 'the task', '-t', 'killed.jsonl', ...at(server)]);
    await running.untilOutput('sleep 600');
    while (!(await me.workspace.read('killed.jsonl')).includes('"tool_started"')) await server.untilRequests(1);
    running.kill('SIGKILL');
    await running.ended;
    const { exitCode, stdout, stderr } = await me.run(['trajectory', 'export', 'killed.jsonl']);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(note);
    expect(JSON.parse(stdout)).toMatchObject({
      task: 'the task',
      end_time: '',
      success: false,
      final_result: null,
      execution_time: 0,
      llm_interactions: [{ response: { content: 'Working.' } }],
      agent_steps: [{ state: 'calling_tool', tool_calls: [{ name: 'bash' }], tool_results: null }],
    });
  });

  test('of a journal whose last line is torn: what is before it, and a note with -o, too', async () => {
    await using me = await ran();
    const journal = await me.workspace.read('run.jsonl');
    const lastLine = journal.trimEnd().lastIndexOf('\n') + 1;
    await me.workspace.write({ 'torn.jsonl': journal.slice(0, lastLine + 40) });
    const { exitCode, stdout, stderr } = await me.run(['trajectory', 'export', 'torn.jsonl', '-o', 'torn.json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toMatch(note);
    const whole = JSON.parse(await me.workspace.read('run.json')) as object;
    const torn = { ...whole, end_time: '', success: false, final_result: null, execution_time: 0 };
    expect(JSON.parse(await me.workspace.read('torn.json'))).toEqual(torn);
  });

  test('of several runs in one journal: one document, as the help says', async () => {
    await using me = await ran();
    const journal = await me.workspace.read('run.jsonl');
    await me.workspace.write({ 'two.jsonl': journal + journal.replaceAll('the task', 'the next') });
    const { stdout } = await me.run(['trajectory', 'export', 'two.jsonl']);
    expect(JSON.parse(stdout)).toMatchObject({ task: 'the task', agent_steps: [{}, {}, {}, { step_number: 4 }] });
    expect((await me.run(['trajectory', 'export', '--help'])).stdout).toMatch(/Several runs .* one\s+document/);
  });

  test.each([
    ['a file that is no trajectory', 'mine.json', /mine\.json: it is there already and is not a trajectory/],
    ['the journal itself', 'run.jsonl', /run\.jsonl: it is the journal that is being exported/],
    ['the journal through a link', 'link.json', /it is the journal that is being exported/],
    ['the journal by another name', 'hard.json', /it is the journal that is being exported/],
    ['a folder', 'folder', /folder: it is a directory/],
    ['the name of a folder', 'none/', /it is the name of a directory/],
    ['nothing', '', /--output is empty/],
  ])('refuses to write over %s: %s', async (_name, output, words) => {
    await using me = await ran();
    await me.workspace.write({ 'mine.json': '{"important":true}\n' });
    await mkdir(me.workspace.path('folder'));
    await symlink('run.jsonl', me.workspace.path('link.json'));
    await link(me.workspace.path('run.jsonl'), me.workspace.path('hard.json'));
    const journal = await me.workspace.read('run.jsonl');
    const { exitCode, stdout, stderr } = await me.run(['trajectory', 'export', 'run.jsonl', '-o', output]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('--trajectory-file');
    expect(await me.workspace.read('run.jsonl')).toBe(journal);
    expect(await me.workspace.read('mine.json')).toBe('{"important":true}\n');
  });

  test('ends with status 1 where the document cannot be written', async () => {
    await using me = await ran();
    await me.workspace.write({ file: 'x' });
    const { exitCode, stderr } = await me.run(['trajectory', 'export', 'run.jsonl', '-o', 'file/run.json']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/cannot be written to .*not a directory/);
    expect(stderr).toContain('--output');
  });

  test.skipIf(!existsSync('/dev/full'))('ends with status 1 where standard output is full', async () => {
    await using me = await ran();
    const { exitCode, stderr } = await me.shell('trae trajectory export run.jsonl > /dev/full');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/no space/i);
  });

  test('does not mind a reader that leaves', async () => {
    await using me = await ran();
    const { exitCode, stdout, stderr } = await me.shell(
      'set -o pipefail; trae trajectory export run.jsonl | head -n 2',
    );
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '{\n  "task": "the task",\n', stderr: '' });
  });

  test.each([
    ['a document', 'run.json', /run\.json is a trajectory as one JSON document; .* the journal it was made from/],
    ['an empty file', 'empty.jsonl', /empty\.jsonl holds no run: there is nothing to export/],
    ['no file at all', 'none.jsonl', /none\.jsonl cannot be read: there is no such file/],
    ['something else', 'mine.txt', /mine\.txt is not a trajectory/],
  ])('of %s is refused, and nothing is written', async (_name, file, words) => {
    await using me = await ran();
    await me.workspace.write({ 'empty.jsonl': '', 'mine.txt': 'Dear diary.\n' });
    const { exitCode, stdout, stderr } = await me.run(['trajectory', 'export', file, '-o', 'out.json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(existsSync(me.workspace.path('out.json'))).toBe(false);
  });

  test('knows its formats', async () => {
    await using me = await ran();
    const { exitCode, stderr } = await me.run(['trajectory', 'export', 'run.jsonl', '--format', 'yaml']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/trae-json/);
  });
});

describe('trajectory show', () => {
  test("reads the original's document as it reads the journal, whatever the file is called", async () => {
    await using me = await ran();
    await me.workspace.write({ 'renamed.log': await me.workspace.read('run.json') });
    const shown = await me.run(['trajectory', 'show', 'renamed.log']);
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    for (const words of ['the task', 'scripted', 'Step 2', 'Working.', 'command: echo hi', 'Completed after 2 steps'])
      expect(shown.stdout).toContain(words);
    expect(shown.stdout).not.toContain('\u001b');
  });

  test('shows a document that was cut off as far as it goes, with status 0', async () => {
    await using me = await ran();
    const document = await me.workspace.read('run.json');
    await me.workspace.write({ 'torn.json': document.slice(0, document.indexOf('"agent_steps"')) });
    const { exitCode, stdout } = await me.run(['trajectory', 'show', 'torn.json']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('echo hi');
    expect(stdout).toMatch(/ends in the middle of the document \(line \d+, column \d+\)/);
  });

  test('names file, line and column of a document that is damaged, with status 2', async () => {
    await using me = await ran();
    const document = await me.workspace.read('run.json');
    await me.workspace.write({ 'edited.json': document.replace('"provider":', 'provider:') });
    const { exitCode, stdout, stderr } = await me.run(['trajectory', 'show', 'edited.json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/edited\.json, line 5, column 3: the document is damaged here/);
  });
});
