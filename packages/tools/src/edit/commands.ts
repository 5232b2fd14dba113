/* What edits and shows files, as one module: it is loaded with the first call that wants it. */
export { createCommand, insertCommand, replaceCommand } from './change-commands.js';
export { viewCommand } from './view-command.js';
