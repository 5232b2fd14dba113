export { builtinTools } from './builtin.js';
export { type LocalWorkspaceOptions, openLocalWorkspace } from './local/local-workspace.js';
export type {
  ExecOptions,
  ExecResult,
  FileAccess,
  Files,
  Place,
  Shell,
  ShellOptions,
  ShellResult,
  Tree,
  TreeEntry,
  TreeLimits,
  Workspace,
} from './workspace.js';
