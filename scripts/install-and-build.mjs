// Installs what the lockfile says and builds the bundle, using nothing but Node and npm. Prints to standard error,
// so that what runs after it has standard output to itself.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
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

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort((a, b) => a.localeCompare(b));

/** The platform, not the Node: what is installed and built is the same for each that may be used. */
function fingerprint(files) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
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
const bundler = join(root, 'node_modules', 'rolldown');

unlessDone('installed', { files: manifests, output: bundler }, () => {
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager.split('+')[0];
  // Under pnpm itself, verifyDepsBeforeRun has installed already.
  if (process.env.npm_config_user_agent?.startsWith('pnpm/') && existsSync(bundler)) return;
  say(`Installing the dependencies with ${pinned} (about a minute the first time)`);
  run('npx', ['--yes', pinned, 'install', '--frozen-lockfile', '--reporter=append-only']);
});

const bundleInputs = packages.flatMap((path) => filesBelow(join(path, 'src')));
for (const name of ['rolldown.config.mjs', 'scripts/third-party-notices.mjs']) bundleInputs.push(join(root, name));
bundleInputs.push(...manifests);

const bundle = join(root, 'packages', 'cli', 'bundle');

unlessDone('bundled', { files: bundleInputs, output: join(bundle, 'help.txt') }, () => {
  say('Building the command line');
  run(process.execPath, [join(bundler, 'bin', 'cli.mjs'), '-c', 'rolldown.config.mjs']);
  // The general help, as the program itself prints it, to be shown without loading anything.
  const help = spawnSync(process.execPath, [join(bundle, 'bin.js'), 'help'], { encoding: 'utf8' });
  if (help.status !== 0) {
    console.error(`The bundle cannot print its help:\n${help.stderr}`);
    process.exit(1);
  }
  writeFileSync(join(bundle, 'help.txt'), help.stdout);
});
