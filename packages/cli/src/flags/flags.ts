import { type Command, Option } from 'commander';
import { parseDuration } from './duration.js';
import {
  dollars,
  effortOption,
  nameListOption,
  nameOption,
  textListOption,
  textOption,
  wholeNumber,
  withShort,
} from './flag-values.js';

const outputFormats = ['text', 'json', 'stream-json'] as const;

export type OutputFormat = (typeof outputFormats)[number];

/** Flags as commander hands them over: camel case, absent where not given. */
export type ConfigurationFlags = {
  readonly configFile?: string;
  readonly trust?: boolean;
  readonly workingDir?: string;
};

export type ModelFlags = {
  readonly provider?: string;
  readonly model?: string;
  readonly modelBaseUrl?: string;
  readonly apiKey?: string;
  readonly contextWindow?: number;
  readonly reasoningEffort?: string;
  readonly pull?: boolean;
};

export type ToolFlags = {
  readonly allowedTools?: readonly string[];
  readonly disallowedTools?: readonly string[];
};

type PromptFlags = { readonly systemPromptFile?: string; readonly appendSystemPrompt?: string };

export type ToolsFlags = ConfigurationFlags & ToolFlags & { readonly json?: boolean };

export type ShowConfigFlags = ConfigurationFlags &
  ModelFlags &
  ToolFlags & { readonly maxSteps?: number; readonly json?: boolean };

export type RunFlags = ConfigurationFlags &
  ModelFlags &
  ToolFlags &
  PromptFlags & {
    readonly file?: string;
    readonly image?: readonly string[];
    readonly maxSteps?: number;
    readonly maxTotalTokens?: number;
    /** US dollars. */
    readonly maxCost?: number;
    readonly allowPath?: readonly string[];
    readonly mustPatch?: boolean;
    readonly patchPath?: string;
    readonly trajectoryFile?: string;
    readonly consoleType: 'simple' | 'rich';
    readonly agentType: 'trae_agent';
    readonly outputFormat: OutputFormat;
    /** Milliseconds, of the whole run. */
    readonly timeout?: number;
    readonly stdin?: boolean;
    readonly quiet?: boolean;
    readonly verbose?: boolean;
  };

export const defaultMaxSteps = 200;

/** The original's two-letter short flags, which no common parser can express. */
const shortAliases: Readonly<Record<string, string>> = {
  '-mp': '--must-patch',
  '-pp': '--patch-path',
  '-ct': '--console-type',
  '-at': '--agent-type',
};

/** Rewrites the two-letter short flags to their long forms, up to a `--`. */
export function expandShortAliases(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  return argv.map((word, index) => {
    if (end !== -1 && index > end) return word;
    const [name = '', ...value] = word.split('=');
    const long = shortAliases[name];
    return long === undefined ? word : [long, ...value].join('=');
  });
}

/** The format that standard output is read in, also where the rest of the command line cannot be understood. */
export function askedFormat(argv: readonly string[]): OutputFormat {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const index = words.findLastIndex((word) => /^--output-format(=|$)/.test(word));
  const value = words[index]?.split('=')[1] ?? words[index + 1];
  return outputFormats.find((format) => index !== -1 && format === value) ?? 'text';
}

const workingDirectory = (): Option =>
  textOption('-w, --working-dir <dir>', 'the workspace: where the agent works (default: the current directory)');

const configurationOptions = (): readonly Option[] => [
  textOption('--config-file <file>', 'read this configuration, and trust it, instead of searching for one'),
  new Option('--trust', 'trust the configuration of this folder, this once'),
];

const taskOptions = (): readonly Option[] => [
  textOption('-f, --file <path>', 'read the task from a file'),
  new Option('--stdin', 'append standard input to the task'),
  textListOption('--image <path or url>', 'show the model this image too; repeatable'),
  workingDirectory(),
  textListOption('--allow-path <dir>', 'let the edit tools reach this directory too; repeatable'),
];

const modelOptions = (): readonly Option[] => [
  textOption('-p, --provider <name>', 'who answers (default: what is configured, else the first with a key)'),
  nameOption('-m, --model <id>', 'the model (default: the one recommended for the provider)'),
  textOption('--model-base-url <url>', 'address of the service; without --provider any OpenAI-compatible endpoint'),
  textOption('-k, --api-key <key>', 'the API key; an environment variable or `trae-cli login` is safer'),
  new Option('--context-window <tokens>', "the model's context window").argParser(
    wholeNumber('--context-window', 'tokens'),
  ),
  effortOption('--reasoning-effort <effort>', 'how long a reasoning model may think'),
  new Option('--pull', 'fetch the model first where a local server does not have it'),
];

const toolOptions = (): readonly Option[] => [
  nameListOption('--allowed-tools <names>', 'give the model these tools only: bash,task_done'),
  nameListOption('--disallowed-tools <names>', 'keep these tools from the model'),
];

const promptOptions = (): readonly Option[] => [
  textOption('--system-prompt-file <file>', 'use this in place of the built-in system prompt'),
  textOption('--append-system-prompt <text>', 'say this to the model after the system prompt'),
];

const stepsOption = (): Option =>
  new Option('--max-steps <number>', `stop after this many model calls (default: ${defaultMaxSteps})`).argParser(
    wholeNumber('--max-steps', 'steps'),
  );

const boundOptions = (): readonly Option[] => [
  stepsOption(),
  new Option('--max-total-tokens <number>', 'end the run where it has used so many tokens, in and out').argParser(
    wholeNumber('--max-total-tokens', 'tokens'),
  ),
  new Option('--max-cost <dollars>', 'end the run where it has cost so many US dollars').argParser(
    dollars('--max-cost'),
  ),
  new Option('--timeout <time>', 'stop the whole run after this long: 90, 90s, 10m').argParser((text) =>
    parseDuration(text, '--timeout'),
  ),
  withShort('-mp', new Option('--must-patch', 'refuse to finish before a file that is not a test has changed')),
  withShort('-pp', textOption('--patch-path <file>', 'write everything the run changed as a patch')),
];

const outputOptions = (): readonly Option[] => [
  textOption(
    '-t, --trajectory-file <file>',
    "record the run here: .jsonl the journal, .json the original's document as well",
  ),
  new Option('--output-format <format>', 'what standard output carries').choices(outputFormats).default('text'),
  withShort('-ct', new Option('--console-type <type>', 'how progress is shown'))
    .choices(['simple', 'rich'])
    .default('simple'),
  withShort('-at', new Option('--agent-type <type>', 'which agent')).choices(['trae_agent']).default('trae_agent'),
  new Option('--quiet', 'print only the result, notes and errors').conflicts('verbose'),
  new Option('--verbose', 'show reasoning, whole arguments and more of every output'),
];

type Group = { readonly heading: string; readonly options: readonly Option[] };

function addGroups(command: Command, groups: readonly Group[]): Command {
  for (const { heading, options } of groups) {
    command.optionsGroup(heading);
    for (const option of options) command.addOption(option);
  }
  return command;
}

const jsonOption = (description: string): Option => new Option('--json', description);

/** Adds every flag of `run` to a command, in the groups its help shows. */
export const addRunOptions = (command: Command): Command =>
  addGroups(command, [
    { heading: 'Task:', options: taskOptions() },
    { heading: 'Model:', options: modelOptions() },
    { heading: 'Tools and instructions:', options: [...toolOptions(), ...promptOptions()] },
    { heading: 'Bounds:', options: boundOptions() },
    { heading: 'Output:', options: outputOptions() },
    { heading: 'Configuration:', options: configurationOptions() },
  ]);

export const addToolsOptions = (command: Command): Command =>
  addGroups(command, [
    {
      heading: 'Options:',
      options: [
        jsonOption('print them as JSON with their input schemas, for programs'),
        ...toolOptions(),
        workingDirectory(),
      ],
    },
    { heading: 'Configuration:', options: configurationOptions() },
  ]);

/** The flags that a run would be given, so that what they change can be seen. */
export const addShowConfigOptions = (command: Command): Command =>
  addGroups(command, [
    { heading: 'Options:', options: [jsonOption('print it as JSON, for programs'), workingDirectory()] },
    { heading: 'As a run would be given:', options: [...modelOptions(), ...toolOptions(), stepsOption()] },
    { heading: 'Configuration:', options: configurationOptions() },
  ]);
