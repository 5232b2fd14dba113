export type { ModelAnswer } from './chat-answer.js';
export { chatNotation } from './chat-notation.js';
export { createGate, type Gate, untilAborted } from './gate.js';
export {
  type ModelServer,
  modelServer,
  type ModelServerOptions,
  type RecordedRequest,
  type ServerAnswer,
  type Respond,
  type ServerScript,
} from './model-server.js';
export { splitAt, splitEvery } from './packets.js';
export { Random } from './random.js';
export {
  type ProcessResult,
  runProcess,
  type RunProcessOptions,
  type RunningProcess,
  startProcess,
} from './run-process.js';
export type { ScriptedCall } from './scripted-call.js';
export {
  type ScriptedAnswer,
  type ScriptedModel,
  scriptedModel,
  type ScriptedModelOptions,
  type ScriptedTurn,
  type Improvise,
  type ModelScript,
} from './scripted-model.js';
export type { Chunk, RawAnswer, Wait } from './server-answer.js';
export { type TempWorkspace, tempWorkspace, type TempWorkspaceOptions, type WorkspaceFiles } from './temp-workspace.js';
export { hasTerminal, openTerminal, type Terminal, type TerminalOptions } from './terminal.js';
export { type TestClock, testClock, type TestClockOptions } from './test-clock.js';
