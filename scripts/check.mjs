// What must hold before a test is worth running: types, lint, format, no dead code, a package that can be published.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const binary = (path) => join(root, 'node_modules', path);

const checks = [
  { name: 'Types', args: [binary('typescript/bin/tsc'), '-b'] },
  { name: 'Lint', args: [binary('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'Format', args: [binary('oxfmt/bin/oxfmt'), '--check'] },
  { name: 'Unused code', args: [binary('knip/bin/knip.js')] },
  { name: 'Package', args: [binary('publint/src/cli.js'), 'packages/cli', '--pack', 'npm', '--strict'] },
];

for (const { name, args } of checks) {
  console.error(`\n> ${name}`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error(`\n${name}: failed.`);
    process.exit(status ?? 1);
  }
}
