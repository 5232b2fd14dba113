export type { AskedTurn } from './asked/asked-turn.js';
export { readRequest } from './asked/read-request.js';
export { type AnsweredCall, answeredCalls, type Step } from './asked/steps.js';
export { chatNotation } from './chat-notation.js';
export { createGate, type Gate, untilAborted } from './gate.js';
export { type Loopback, onLoopback } from './loopback.js';
export { messagesNotation } from './messages-notation.js';
export type { ModelAnswer } from './model-answer.js';
export {
  type ModelServer,
  modelServer,
  type ModelServerOptions,
  type ServerAnswer,
  type Respond,
  type ServerScript,
} from './model-server.js';
export type { OllamaModel, OllamaOptions } from './ollama-desk.js';
export { ollamaNotation } from './ollama-notation.js';
export { splitAt, splitEvery } from './packets.js';
export { Random } from './random.js';
export type { RecordedRequest } from './recorded-request.js';
export { responsesNotation } from './responses-notation.js';
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
