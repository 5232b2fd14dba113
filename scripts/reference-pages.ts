// Writes docs/configuration.md from the schema and docs/providers.md from the catalog; with --check says what is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { configurationPage } from './pages/configuration.js';
import { providersPage } from './pages/providers.js';

const pages = { 'docs/configuration.md': configurationPage(), 'docs/providers.md': providersPage() };

for (const [path, text] of Object.entries(pages)) {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${path} is not what the program says. Run \`npm run docs\`.`);
    process.exitCode = 1;
  }
}
