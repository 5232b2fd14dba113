// Fetches Node 24 from the package registry into a cache folder of the checkout and prints the folder of its binary.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = '24.21.0';
const platform = process.platform === 'win32' ? 'win' : process.platform;
const name = `node-${platform}-${process.arch}`;
const cache = fileURLToPath(new URL(`../.cache/${name}-${version}`, import.meta.url));
const folder = join(cache, 'node_modules', name, 'bin');

if (!existsSync(folder)) {
  mkdirSync(cache, { recursive: true });
  const args = ['install', '--prefix', cache, '--no-save', '--no-audit', '--no-fund', `${name}@${version}`];
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error(`${name}@${version} could not be installed.`);
    process.exit(1);
  }
}
console.log(folder);
