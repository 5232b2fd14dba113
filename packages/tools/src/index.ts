export { builtinTools } from './builtin.js';
export { withDirectoryInstructions } from './instructions/directory-instructions.js';
export { type InstructionFile, readInstructions } from './instructions/read-instructions.js';
export { type LocalWorkspaceOptions, openLocalWorkspace } from './local/local-workspace.js';
export { selectTools, type ToolSelection } from './select-tools.js';
export { type ToolName, toolNames } from './tool-names.js';
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
