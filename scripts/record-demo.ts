// Records examples/fix-failing-test/recording.jsonl anew: the turns are a model's, everything else is the real program
// at work. Needed after a change to what the tools answer; read the difference before you keep it.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelServer, runProcess } from '@trae-cli/testkit';
import { demoTurns } from './demo-turns.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'examples', 'fix-failing-test');
const folder = await mkdtemp(join(tmpdir(), 'trae-cli-recording-'));
const project = join(folder, 'release-notes');
const recording = join(example, 'recording.jsonl');

for (const name of ['src', 'test', 'package.json'])
  await cp(join(example, name), join(project, name), { recursive: true });
await using server = await modelServer(demoTurns);

const program = join(root, 'packages', 'cli', 'bin', 'trae-cli.js');
const task = ['--file', join(example, 'task.md'), '--working-dir', project];
const model = ['--model-base-url', server.url, '--model', 'recorded', '--context-window', '128000'];
const args = [program, 'run', ...task, ...model, '--trajectory-file', recording];
const { exitCode, stdout, stderr } = await runProcess(process.execPath, args, {
  env: { PATH: process.env['PATH'], HOME: join(folder, 'home') },
});
console.log(stderr, stdout);
// What this machine is called is nobody's business, and replay does not compare it.
await writeFile(recording, (await readFile(recording, 'utf8')).replaceAll(release(), '6.1.0'));
await rm(folder, { recursive: true, force: true });
process.exitCode = exitCode ?? 1;
