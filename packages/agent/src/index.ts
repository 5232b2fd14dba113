export type { GitFacts, ProgramFact, RunFacts, TestCommandFact } from './facts.js';
export { buildInstructions } from './instructions.js';
export type { AgentOptions, Approval, ApprovalSource } from './options.js';
export { runAgent } from './run.js';
