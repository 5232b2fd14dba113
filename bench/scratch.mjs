import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeOutput } from './script.mjs';

const project = {
  'package.json': '{ "name": "sample", "type": "module", "scripts": { "test": "node --test" } }\n',
  'README.md': '# Sample\n',
  'src/sum.js': 'export const sum = (a, b) => a + b;\n',
  'test/sum.test.js': "import '../src/sum.js';\n",
  // What `git init` leaves, as far as git asks for it.
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[core]\n\trepositoryformatversion = 0\n',
  '.git/objects/info/alternates': '',
  '.git/refs/heads/.keep': '',
};

async function writeFiles(root, files) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

const outputsOf = ({ steps, output }) =>
  output === 'large' ? Array.from({ length: steps }, (_, index) => index + 1) : [];

/** A home, a small project as the workspace, what the commands print, and a place for the journal: all of them new. */
export async function createScratch(script) {
  const root = await mkdtemp(join(tmpdir(), 'trae-bench-'));
  const place = { home: join(root, 'home'), workspace: join(root, 'workspace'), records: join(root, 'records') };
  for (const folder of Object.values(place)) await mkdir(folder);
  await writeFiles(place.workspace, project);
  await writeFiles(
    join(root, 'outputs'),
    Object.fromEntries(outputsOf(script).map((step) => [`${step}.txt`, largeOutput(step)])),
  );
  return { ...place, journal: join(place.records, 'run.jsonl'), remove: () => rm(root, { recursive: true }) };
}
