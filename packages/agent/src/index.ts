export type { GitFacts, ProgramFact, RunFacts, TestCommandFact } from './instructions/facts.js';
export { buildInstructions } from './instructions/instructions.js';
export type { AgentOptions, Approval, ApprovalSource } from './options.js';
export { runAgent } from './run.js';
