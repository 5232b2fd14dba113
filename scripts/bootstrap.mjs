// Installs what the lockfile says and builds the bundle, using nothing but Node and npm. Prints to standard error,
// so that what runs after it has standard output to itself.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.version}. Install a newer Node and run this again.`);
  process.exit(1);
}

const say = (text) => console.error(`\n> ${text}`);

// A nested npx must not inherit the outer one's own options.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_config_(call|package|workspace|workspaces|prefix|global|yes)$/i.test(name),
  ),
);

function run(command, args) {
  const shell = process.platform === 'win32';
  const { error, status } = spawnSync(command, args, { cwd: root, env: environment, stdio: ['ignore', 2, 2], shell });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  if (error || status !== 0) process.exit(status ?? 1);
}

/** Every file below a folder that a build reads, without what a build writes. */
function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !/[/\\](node_modules|dist|bundle|test)[/\\]/.test(path))
    .sort((a, b) => a.localeCompare(b));
}

function fingerprint(files) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`);
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Does the work unless the same inputs were worked on before. */
function unlessDone(name, { files, output }, work) {
  const stamp = join(root, 'node_modules', `.${name}`);
  const isCurrent = () => existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(files);
  if (isCurrent()) return;
  work();
  writeFileSync(stamp, fingerprint(files));
}

const packages = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name))
  .filter((path) => statSync(path).isDirectory());
const manifests = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']
  .map((name) => join(root, name))
  .concat(packages.map((path) => join(path, 'package.json')));

unlessDone('installed', { files: manifests, output: join(root, 'node_modules', 'rolldown') }, () => {
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager.split('+')[0];
  // Under pnpm itself, verifyDepsBeforeRun has installed already.
  if (process.env.npm_config_user_agent?.startsWith('pnpm/')) return;
  say(`Installing the dependencies with ${pinned} (about a minute the first time)`);
  run('npx', ['--yes', pinned, 'install', '--frozen-lockfile', '--reporter=append-only']);
});

const bundleInputs = packages.flatMap((path) => sourceFiles(join(path, 'src')));
bundleInputs.push(join(root, 'rolldown.config.mjs'), ...manifests);

const bundle = join(root, 'packages', 'cli', 'bundle');

unlessDone('bundled', { files: bundleInputs, output: join(bundle, 'help.txt') }, () => {
  say('Building the command line');
  run(process.execPath, [join(root, 'node_modules', 'rolldown', 'bin', 'cli.mjs'), '-c', 'rolldown.config.mjs']);
  // The general help, as the program itself prints it, to be shown without loading anything.
  const { status, stdout } = spawnSync(process.execPath, [join(bundle, 'bin.js'), 'help'], { encoding: 'utf8' });
  if (status !== 0) process.exit(1);
  writeFileSync(join(bundle, 'help.txt'), stdout);
});
