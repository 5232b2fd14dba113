import type { ProgramFact } from '@trae-cli/agent';
import type { RunProgram } from './program.js';

type Toolchain = {
  /** Any of these file names, or endings that begin with a dot, in the tree's listing shows that it is used here. */
  readonly traces: readonly string[];
  readonly versionCommand: readonly [string, ...string[]];
};

const toolchains: readonly Toolchain[] = [
  { traces: ['package.json', '.js', '.mjs', '.ts', '.tsx'], versionCommand: ['node', '--version'] },
  { traces: ['pyproject.toml', 'setup.py', 'requirements.txt', '.py'], versionCommand: ['python3', '--version'] },
  { traces: ['go.mod', '.go'], versionCommand: ['go', 'version'] },
  { traces: ['Cargo.toml', '.rs'], versionCommand: ['cargo', '--version'] },
  { traces: ['pom.xml', 'build.gradle', 'build.gradle.kts', '.java'], versionCommand: ['java', '--version'] },
  { traces: ['Gemfile', '.rb'], versionCommand: ['ruby', '--version'] },
  { traces: ['composer.json', '.php'], versionCommand: ['php', '--version'] },
  { traces: ['.csproj', '.sln', '.cs'], versionCommand: ['dotnet', '--version'] },
  { traces: ['CMakeLists.txt', '.c', '.cc', '.cpp'], versionCommand: ['cc', '--version'] },
];

const isTrace = (trace: string, path: string): boolean =>
  trace.startsWith('.') ? path.endsWith(trace) : path === trace || path.endsWith(`/${trace}`);

const isUsed = ({ traces }: Toolchain, paths: readonly string[]): boolean =>
  paths.some((path) => traces.some((trace) => isTrace(trace, path)));

const versionTimeoutMs = 2000;

/** The first thing in a program's own words that looks like a version. */
const versionIn = (text: string): string | undefined => /\d+\.\d+[\w.+-]*/.exec(text)?.[0];

async function factOf({ versionCommand: [file, ...args] }: Toolchain, run: RunProgram): Promise<ProgramFact> {
  const { exitCode, stdout, stderr } = await run(file, args, { timeoutMs: versionTimeoutMs });
  return {
    name: file,
    version:
      exitCode === 0 ? (versionIn(stdout.toString('utf8') || stderr) ?? 'of an unknown version') : 'is not installed',
  };
}

/** The versions of the interpreters and compilers that the files listed ask for. */
export const findPrograms = (paths: readonly string[], run: RunProgram): Promise<readonly ProgramFact[]> =>
  Promise.all(toolchains.filter((toolchain) => isUsed(toolchain, paths)).map((toolchain) => factOf(toolchain, run)));

/** The version of the shell that commands run in. */
export async function describeShell(run: RunProgram): Promise<string> {
  const { stdout } = await run('bash', ['--version'], { timeoutMs: versionTimeoutMs });
  return `bash ${versionIn(stdout.toString('utf8')) ?? ''}`.trim();
}
