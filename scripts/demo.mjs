// The main job, offline: a real project with a failing test, a recorded model, the real loop and the real tools.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeChange } from './describe-change.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'examples', 'fix-failing-test');
const program = join(root, 'packages', 'cli', 'bin', 'trae-cli.js');
const recording = join(example, 'recording.jsonl');
const folder = mkdtempSync(join(tmpdir(), 'trae-cli-demo-'));
const project = join(folder, 'project');
const sources = ['src/versions.mjs', 'src/release-notes.mjs'];

const say = (text) => console.log(`\n== ${text}\n`);

function run(args, cwd) {
  return spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] }).status;
}

const testArguments = ['--test', '--test-reporter=./test/reporter.mjs', 'test/versions.test.mjs'];

function fail(message) {
  console.error(`\nThe demo failed: ${message} Its files are in ${folder}.`);
  process.exit(1);
}

for (const name of ['src', 'test', 'package.json']) {
  cpSync(join(example, name), join(project, name), { recursive: true });
}
const before = sources.map((name) => readFileSync(join(project, name), 'utf8'));

say(`A small project, copied to ${project}. Its tests fail:`);
if (run(testArguments, project) === 0) fail('the tests were expected to fail before the fix.');

say('trae-cli fixes it. The model is a recorded run; the loop, the shell and the editor are real:');
const trajectory = join(folder, 'run.jsonl');
const task = ['--file', join(example, 'task.md'), '--working-dir', project];
const model = ['--provider', 'replay', '--model', recording];
const status = run([program, 'run', ...task, ...model, '--trajectory-file', trajectory], root);
if (status !== 0) fail(`trae-cli ended with status ${status}.`);

say('The tests again:');
if (run(testArguments, project) !== 0) fail('the tests still fail after the fix.');

say('What changed:');
sources.forEach((name, index) => {
  console.log(describeChange(name, before[index], readFileSync(join(project, name), 'utf8')));
});

say('Next');
console.log(`Read the run:        ./node_modules/.bin/trae-cli trajectory show '${trajectory}'
With a real model:   export GROQ_API_KEY=…   (or OPENAI_API_KEY, OPENROUTER_API_KEY)
                     ./node_modules/.bin/trae-cli run "Fix the failing test" --working-dir YOUR_PROJECT
With a local server: ./node_modules/.bin/trae-cli run "…" --model-base-url http://localhost:8000/v1 --model NAME`);
