/** What is told about the machine and the project, taken once per run. It spares the model a turn of looking around. */
export type RunFacts = {
  /** The workspace, an absolute path. */
  readonly workingDirectory: string;
  /** Operating system and processor, such as `Linux 6.1 x64`. */
  readonly platform: string;
  /** The shell that commands run in, such as `bash 5.2`. */
  readonly shell: string;
  /** The day, as `2026-11-20`. */
  readonly date: string;
  /** Two levels of the workspace, one path a line, folders with a slash at the end. A long list is cut here. */
  readonly tree: readonly string[];
  /** Null outside a repository. */
  readonly git: GitFacts | null;
  /** Interpreters, package managers and test runners that were found. */
  readonly programs: readonly ProgramFact[];
  /** How to run the tests, where a manifest says so. */
  readonly testCommands: readonly TestCommandFact[];
  /** What the user asks for in every project. */
  readonly userInstructions: readonly Instructions[];
  /** What the project asks of those who work on it, such as an `AGENTS.md`. */
  readonly projectInstructions: readonly Instructions[];
};

/** `path` is where the text is from. */
export type Instructions = { readonly path: string; readonly text: string };

export type GitFacts = {
  /** Null where no branch is checked out. */
  readonly branch: string | null;
  /** What `git status --short` says, line by line. A long list is cut here. */
  readonly changes: readonly string[];
};

export type ProgramFact = { readonly name: string; readonly version: string };

/** `source` is the manifest that says so, such as `package.json`. */
export type TestCommandFact = { readonly command: string; readonly source: string };

const mostTreeLines = 160;
const mostChanges = 20;
/** Characters. Longer instructions are cut, and the model is told where the rest is. */
const longestInstructions = 32_000;

/** The facts as the last part of the instructions: the same facts always give the same text. */
export function factsSection(facts: RunFacts): string {
  return [
    '# Facts, as they were when the run began',
    '',
    `- Working directory: ${facts.workingDirectory}`,
    `- Machine: ${facts.platform}; commands run in ${facts.shell}`,
    `- Date: ${facts.date}`,
    `- Programs: ${facts.programs.map(({ name, version }) => `${name} ${version}`).join(', ') || 'none were found'}`,
    `- Tests: ${testsLine(facts.testCommands)}`,
    ...gitLines(facts.git),
    ...treeLines(facts.tree),
    '',
    ...instructionLines(facts),
  ].join('\n');
}

const testsLine = (commands: readonly TestCommandFact[]): string =>
  commands.map(({ command, source }) => `\`${command}\` (${source})`).join(', ') || 'no manifest says how to run them';

function gitLines(git: GitFacts | null): readonly string[] {
  if (git === null) return ['- Git: not a repository'];
  const where = git.branch === null ? 'no branch checked out' : `on branch ${git.branch}`;
  if (git.changes.length === 0) return [`- Git: ${where}, nothing changed`];
  return [
    `- Git: ${where}, changed before the run began:`,
    ...cut(git.changes, mostChanges).map((line) => `    ${line}`),
  ];
}

const treeLines = (tree: readonly string[]): readonly string[] =>
  tree.length === 0
    ? ['- Files: none yet']
    : ['- Files, two levels deep:', ...cut(tree, mostTreeLines).map((line) => `    ${line}`)];

const cut = (lines: readonly string[], most: number): readonly string[] =>
  lines.length <= most ? lines : [...lines.slice(0, most), `… and ${lines.length - most} more`];

const instructionLines = ({ userInstructions, projectInstructions }: RunFacts): readonly string[] => [
  ...sectionOf('# What the user asks for in every project', userInstructions),
  ...sectionOf('# What the project asks of those who work on it', projectInstructions),
  ...(projectInstructions.length === 0 ? ['The project has no AGENTS.md.', ''] : []),
];

const sectionOf = (heading: string, files: readonly Instructions[]): readonly string[] =>
  files.length === 0 ? [] : [heading, '', ...files.flatMap(fileLines)];

function fileLines({ path, text }: Instructions): readonly string[] {
  const rest = text.length <= longestInstructions ? [] : ['', `[The rest is left out here; it is in ${path}.]`];
  return [
    `From ${path}. Where it and the task disagree, the task decides.`,
    '',
    text.slice(0, longestInstructions).trim(),
    ...rest,
    '',
  ];
}
