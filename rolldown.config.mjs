import { fileURLToPath } from 'node:url';
import { build, defineConfig } from 'rolldown';
import { thirdPartyNotices } from './scripts/third-party-notices.mjs';

const source = (path) => fileURLToPath(new URL(`packages/cli/src/${path}`, import.meta.url));

const common = {
  input: { bin: source('bin.ts') },
  platform: 'node',
  tsconfig: false,
  resolve: {
    conditionNames: ['@trae-cli/source', 'module', 'node', 'import'],
    mainFields: ['module', 'main'],
  },
  transform: { target: 'node20.19', define: { 'process.env.NODE_ENV': '"production"' } },
};

/** Every module that is loaded with this one; what is imported when it is needed is not among them. */
function loadedWith(module, chunks) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set();
  const waiting = chunks.filter(({ moduleIds }) => moduleIds.includes(module)).map(({ fileName }) => fileName);
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...byName.get(name).imports.filter((imported) => byName.has(imported)));
  }
  return [...found].flatMap((name) => byName.get(name).moduleIds);
}

/** Opening a file costs more than the code in it: what the program, and then a run, loads anyway is one file each. */
async function startupChunks() {
  const { output } = await build({ ...common, write: false, output: { format: 'esm' } });
  const chunks = output.filter(({ type }) => type === 'chunk');
  const named = (name, path) => loadedWith(source(path), chunks).map((module) => [module, name]);
  const modules = new Map([...named('run', 'commands/run.ts'), ...named('program', 'bin.ts')]);
  // It waits at its top level for what imports the others, so it may not be one of them.
  modules.delete(source('bin.ts'));
  return modules;
}

const chunkOf = await startupChunks();

export default defineConfig({
  ...common,
  plugins: [thirdPartyNotices('THIRD_PARTY_NOTICES.txt')],
  output: {
    dir: 'packages/cli/bundle',
    format: 'esm',
    minify: true,
    cleanDir: true,
    codeSplitting: {
      // What a group needs goes with it, so the one that is loaded first is filled first.
      groups: ['program', 'run'].map((name, index) => ({
        name: (module) => (chunkOf.get(module) === name ? name : null),
        priority: 10 - index,
        debugName: name,
      })),
    },
  },
});
