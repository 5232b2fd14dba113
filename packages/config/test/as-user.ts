import { fileURLToPath } from 'node:url';
import { type ProcessResult, runProcess } from '@trae-cli/testkit';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = new URL('../src/', import.meta.url).href;

/** Root may do everything; without two of its rights it is a user like any other. */
const asUser =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', '--'] : ['env'];

export const canBeUser = await runProcess(asUser[0] ?? '', [...asUser.slice(1), 'true']).then(
  ({ exitCode }) => exitCode === 0,
  () => false,
);

const runSource = (command: readonly string[], code: string, cwd: string): Promise<ProcessResult> => {
  const preamble = `const src = (path) => ${JSON.stringify(sources)} + path;\n`;
  const loader = ['--conditions=@trae-cli/source', '--import', import.meta.resolve('tsx')];
  const node = [process.execPath, ...loader, '--input-type=module', '--eval', preamble + code];
  return runProcess('env', [...command, ...node], { cwd });
};

/** Runs code in a process of its own; `src(path)` is the address of one of our files. */
export const runAlone = (code: string, cwd = root): Promise<ProcessResult> => runSource([], code, cwd);

/** The same, as somebody whom permissions bind. */
export const runAsUser = (code: string): Promise<ProcessResult> => runSource(asUser, code, root);
