// Records examples/fix-failing-test/recording.jsonl anew: the turns below are a model's, everything else is the real
// program at work. Run it after a change to what the tools answer, then read the difference:
//   npm run build && node --conditions=@trae-cli/source --import tsx scripts/record-demo.ts
import { cp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelServer, runProcess } from '@trae-cli/testkit';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'examples', 'fix-failing-test');
const project = join(tmpdir(), 'release-notes');

const bash = (command: string) => ({ name: 'bash', arguments: { command } });
const view = (path: string) => ({ name: 'str_replace_based_edit_tool', arguments: { command: 'view', path } });
const testCommand = 'node --test --test-reporter=./test/reporter.mjs test/versions.test.mjs';

const turns = [
  { text: 'I run the tests first, to see the failure for myself.', calls: [bash(testCommand)] },
  {
    text: 'Everything that fails has to do with 1.10.0 against 1.9.0. I look at how versions are compared, and who relies on it.',
    calls: [view('src/versions.mjs'), view('src/release-notes.mjs')],
  },
  {
    text:
      '`parseVersion` leaves the numbers as text, so `"10" < "9"` holds: text is compared letter by letter. ' +
      'Everything else builds on it. I turn the parts into numbers where they are parsed, and run the tests again.',
    calls: [
      {
        name: 'str_replace_based_edit_tool',
        arguments: {
          command: 'str_replace',
          path: 'src/versions.mjs',
          old_str: "const [major, minor, patch] = core.split('.');",
          new_str: "const [major, minor, patch] = core.split('.').map(Number);",
        },
      },
      bash(testCommand),
    ],
  },
  {
    text: 'All seven pass. The pre-release tag is still compared as text, so `beta.10` sorts before `beta.2`; I check that no caller relies on it.',
    calls: [bash("grep -nE '[0-9]-(alpha|beta|rc)' src/*.mjs test/*.mjs")],
  },
  {
    calls: [
      {
        name: 'task_done',
        arguments: {
          summary:
            'Versions were compared as text, so 1.10.0 counted as older than 1.9.0. `parseVersion` in src/versions.mjs now ' +
            'turns the parts into numbers; all 7 tests pass (4 failed before). Left open: pre-release tags are still ' +
            'compared as text, so beta.10 sorts before beta.2; nothing here uses such tags.',
        },
      },
    ],
  },
];

await rm(project, { recursive: true, force: true });
await mkdir(project);
for (const name of ['src', 'test', 'package.json'])
  await cp(join(example, name), join(project, name), { recursive: true });
await using server = await modelServer(turns);

const program = join(root, 'packages', 'cli', 'bin', 'trae-cli.js');
const task = ['--file', join(example, 'task.md'), '--working-dir', project];
const model = ['--model-base-url', server.url, '--model', 'recorded', '--context-window', '128000'];
const args = [program, 'run', ...task, ...model, '--trajectory-file', join(example, 'recording.jsonl')];
const { exitCode, stdout, stderr } = await runProcess(process.execPath, args, {
  env: { PATH: process.env['PATH'], HOME: project },
});
console.log(stderr, stdout);
await rm(project, { recursive: true, force: true });
process.exitCode = exitCode ?? 1;
