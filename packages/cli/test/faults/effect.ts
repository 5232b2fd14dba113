import type { ScriptedCall } from '@trae-cli/testkit';
import { bash } from '../cli.js';

/** Where every command that runs leaves a line. */
export const tracesFile = 'ran.txt';

/** A call that leaves a line behind each time it runs. */
export const effect = (line: string, id?: string): ScriptedCall => ({
  ...bash(`echo '${line}' >> ${tracesFile}`),
  ...(id === undefined ? {} : { id }),
});
