export type { GitFacts, Instructions, ProgramFact, RunFacts, TestCommandFact } from './instructions/facts.js';
export { buildInstructions, type PromptOptions } from './instructions/instructions.js';
export type { AgentOptions, Approval, ApprovalSource, BudgetLimits } from './options.js';
export { runAgent } from './run.js';
