import type { TestCommandFact } from '@trae-cli/agent';
import { isJsonObject, type JsonObject, parseJson } from '@trae-cli/protocol';

/** Reads a file of the workspace's root; undefined where there is none. */
export type ReadRootFile = (name: string) => Promise<string | undefined>;

type Manifest = {
  readonly file: string;
  /** How the tests are run, as this manifest says; undefined where it says nothing. */
  readonly testCommand: (text: string, readRootFile: ReadRootFile) => Promise<string | undefined>;
};

const lockFiles: readonly (readonly [string, string])[] = [
  ['pnpm-lock.yaml', 'pnpm test'],
  ['yarn.lock', 'yarn test'],
  ['bun.lock', 'bun run test'],
];

/** A broken manifest is the agent's to find; here it only says nothing. */
function parseObject(text: string): JsonObject {
  const value = parseJson(text);
  return isJsonObject(value) ? value : {};
}

async function nodeTestCommand(text: string, readRootFile: ReadRootFile): Promise<string | undefined> {
  const { scripts } = parseObject(text);
  const script = isJsonObject(scripts) ? scripts['test'] : undefined;
  if (typeof script !== 'string' || script.includes('no test specified')) return undefined;
  for (const [lockFile, command] of lockFiles) {
    if ((await readRootFile(lockFile)) !== undefined) return command;
  }
  return 'npm test';
}

const saying =
  (pattern: RegExp, command: string): Manifest['testCommand'] =>
  async (text) =>
    pattern.test(text) ? command : undefined;

const manifests: readonly Manifest[] = [
  { file: 'package.json', testCommand: nodeTestCommand },
  { file: 'pyproject.toml', testCommand: saying(/\[tool\.pytest|pytest/, 'python3 -m pytest') },
  { file: 'pytest.ini', testCommand: saying(/./s, 'python3 -m pytest') },
  { file: 'tox.ini', testCommand: saying(/\[testenv/, 'tox') },
  { file: 'go.mod', testCommand: saying(/./s, 'go test ./...') },
  { file: 'Cargo.toml', testCommand: saying(/./s, 'cargo test') },
  { file: 'pom.xml', testCommand: saying(/./s, 'mvn -q test') },
  { file: 'build.gradle', testCommand: saying(/./s, './gradlew test') },
  { file: 'build.gradle.kts', testCommand: saying(/./s, './gradlew test') },
  { file: 'Rakefile', testCommand: saying(/test|spec/i, 'rake test') },
  { file: 'Makefile', testCommand: saying(/^test\s*:/m, 'make test') },
];

/** How to run the tests, where a manifest in the root says so. */
export async function findTestCommands(readRootFile: ReadRootFile): Promise<readonly TestCommandFact[]> {
  const found = await Promise.all(
    manifests.map(async ({ file, testCommand }) => {
      const text = await readRootFile(file);
      const command = text === undefined ? undefined : await testCommand(text, readRootFile);
      return command === undefined ? [] : [{ command, source: file }];
    }),
  );
  return found.flat();
}
