import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import {
  type Clock,
  createRedactor,
  type JsonObject,
  type JsonValue,
  type Secret,
  textOf,
  type Tool,
  type ToolResult,
} from '@trae-cli/protocol';
import { tempWorkspace, type TempWorkspace, type WorkspaceFiles } from '@trae-cli/testkit';
import { builtinTools, openLocalWorkspace, type Workspace } from '../src/index.js';

const realClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};

export const never: AbortSignal = new AbortController().signal;

export type ToolboxOptions = {
  readonly files?: WorkspaceFiles;
  readonly git?: boolean;
  readonly secrets?: readonly Secret[];
  readonly allowedPaths?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: the real one. */
  readonly clock?: Clock;
  /** Below the temporary directory; default: the temporary directory's own root. */
  readonly directory?: string;
};

type CallOptions = {
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly onReport?: (text: string) => void;
};

/** The real tools on a real directory. */
export interface Toolbox extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly files: TempWorkspace;
  readonly root: string;
  call(name: string, input: JsonValue, options?: CallOptions): Promise<ToolResult>;
  /** What the model reads after a command. */
  bash(command: string, options?: CallOptions): Promise<string>;
  /** What the model reads after an edit or a view, whether it worked or not. */
  edit(input: JsonValue): Promise<string>;
  /** What the model reads after a call of the JSON tool, whether it worked or not. */
  json(operation: string, file: string, path?: string, more?: JsonObject): Promise<string>;
}

export const textOfResult = (result: ToolResult): string =>
  result.kind === 'output' ? textOf(result.content) : result.kind === 'failure' ? result.message : result.summary;

/** This process's own, in a locale that a bare container has too. */
const inheritedEnvironment = (): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  ),
  LC_ALL: 'C.UTF-8',
});

export async function toolbox(options: ToolboxOptions = {}): Promise<Toolbox> {
  const files = await tempWorkspace(options.files, { git: options.git ?? false });
  const outputs = await tempWorkspace();
  const root = join(files.root, options.directory ?? '');
  const workspace = await openLocalWorkspace({
    root,
    allowedPaths: options.allowedPaths ?? [],
    outputDirectory: join(outputs.root, 'outputs'),
    environment: options.environment ?? inheritedEnvironment(),
    redactor: createRedactor(options.secrets ?? []),
    clock: options.clock ?? realClock,
  });
  const tools: readonly Tool[] = builtinTools(workspace);

  const call = async (name: string, input: JsonValue, how: CallOptions = {}): Promise<ToolResult> => {
    const tool = tools.find(({ spec }) => spec.name === name);
    if (tool === undefined) throw new Error(`There is no tool ${name}.`);
    const report = how.onReport ?? (() => undefined);
    return tool.invoke(JSON.stringify(input), { signal: how.signal ?? never, report });
  };
  return {
    workspace,
    files,
    root: workspace.root,
    call,
    bash: async (command, how = {}) =>
      textOfResult(
        await call('bash', { command, ...(how.timeout === undefined ? {} : { timeout: how.timeout }) }, how),
      ),
    edit: async (input) => textOfResult(await call('str_replace_based_edit_tool', input)),
    json: async (operation, file_path, json_path, more = {}) => {
      const path = json_path === undefined ? {} : { json_path };
      return textOfResult(await call('json_edit_tool', { operation, file_path, ...path, ...more }));
    },
    async [Symbol.asyncDispose]() {
      await workspace[Symbol.asyncDispose]();
      await files[Symbol.asyncDispose]();
      await outputs[Symbol.asyncDispose]();
    },
  };
}
