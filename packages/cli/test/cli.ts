import { fileURLToPath } from 'node:url';
import {
  type ModelServer,
  type ProcessResult,
  type RunningProcess,
  runProcess,
  type RunProcessOptions,
  startProcess,
  type TempWorkspace,
  tempWorkspace,
} from '@trae-cli/testkit';

/** The program as users start it: the checked-in file over the bundle. */
export const program = fileURLToPath(new URL('../bin/trae-cli.js', import.meta.url));

export type CliOptions = Omit<RunProcessOptions, 'env'> & { readonly env?: Readonly<Record<string, string>> };

/** A person's machine: an empty home, and a workspace to work in. */
export interface Person extends AsyncDisposable {
  readonly workspace: TempWorkspace;
  readonly home: TempWorkspace;
  run(args: readonly string[], options?: CliOptions): Promise<ProcessResult>;
  start(args: readonly string[], options?: CliOptions): RunningProcess;
  /** Runs a script in which `trae` is the program. */
  shell(script: string, options?: CliOptions): Promise<ProcessResult>;
}

export async function person(...files: Parameters<typeof tempWorkspace>): Promise<Person> {
  const workspace = await tempWorkspace(...files);
  const home = await tempWorkspace();
  const complete = ({ env, ...options }: CliOptions = {}): RunProcessOptions => ({
    cwd: workspace.root,
    ...options,
    env: { PATH: process.env['PATH'], HOME: home.root, TMPDIR: process.env['TMPDIR'], ...env },
  });
  return {
    workspace,
    home,
    run: (args, options) => runProcess(process.execPath, [program, ...args], complete(options)),
    start: (args, options) => startProcess(process.execPath, [program, ...args], complete(options)),
    shell: (script, options) => {
      const named = `node=$1 program=$2; trae() { "$node" "$program" "$@"; }; ${script}`;
      return runProcess('bash', ['-c', named, 'bash', process.execPath, program], complete(options));
    },
    async [Symbol.asyncDispose]() {
      await workspace[Symbol.asyncDispose]();
      await home[Symbol.asyncDispose]();
    },
  };
}

/** The flags that point a run at a local server. */
export const at = (server: ModelServer): readonly string[] => ['--model-base-url', server.url, '--model', 'scripted'];

/** A call of `task_done` that ends the run. */
export const done = (summary: string) => ({ calls: [{ name: 'task_done', arguments: { summary } }] });

export const bash = (command: string) => ({ name: 'bash', arguments: { command } });

export const edit = (input: Readonly<Record<string, string>>) => ({
  name: 'str_replace_based_edit_tool',
  arguments: input,
});
