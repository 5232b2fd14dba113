// Writes what can be generated of docs/, or with --check says what is no longer true.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/command-line.md`;
const commands = [
  [],
  ['run'],
  ['init'],
  ['login'],
  ['logout'],
  ['providers'],
  ['models'],
  ['doctor'],
  ['show-config'],
  ['trust'],
  ['tools'],
  ['trajectory'],
  ['trajectory', 'show'],
  ['trajectory', 'export'],
  ['completion'],
];

function helpOf(command) {
  const args = [`${root}packages/cli/bundle/bin.js`, ...command, '--help'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd();
}

const section = (command) => `## \`${['trae-cli', ...command].join(' ')}\`\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`;

const text = [
  '# Command line\n',
  '<!-- Generated from the program by `npm run docs`; a test compares the two. -->\n',
  ...commands.map(section),
].join('\n');

if (!process.argv.includes('--check')) {
  writeFileSync(page, text);
} else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/command-line.md is not what the program says. Run `npm run docs`.');
  process.exit(1);
}

const pages = ['--conditions=@trae-cli/source', '--import', 'tsx', `${root}scripts/reference-pages.ts`];
const { status } = spawnSync(process.execPath, [...pages, ...process.argv.slice(2)], { stdio: 'inherit', cwd: root });
if (status !== 0) process.exit(1);
