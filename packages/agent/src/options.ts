import type { EventOf, Message, Model, Sampling, Tool, ToolCallPart, Verdict } from '@trae-cli/protocol';
import type { Spill } from './conversation/pruned-output.js';

export type ApprovalSource = EventOf<'approval_decided'>['by'];

/** A verdict and who gave it; a person, where nobody says otherwise. */
export type Approval = Verdict & { readonly by?: ApprovalSource };

/** What a run may use, its own requests only. */
export type BudgetLimits = {
  /** In and out, what is cached included. */
  readonly maxTokens?: number;
  readonly maxCostUsd?: number;
};

export type AgentOptions = {
  readonly model: Model;
  readonly tools: readonly Tool[];
  readonly instructions: string;
  /** The workspace, an absolute path; told in `run_started` and nowhere else used. */
  readonly root: string;
  readonly version: string;
  /** Model calls, at most. */
  readonly maxSteps: number;
  readonly sampling?: Sampling;
  /** Reached, or bound to be passed by the next request, it ends the run with the reason `budget`. */
  readonly budget?: BudgetLimits;
  /** The conversation so far. A call in it that nobody answered is answered before the task. */
  readonly history?: readonly Message[];
  /** Aborting with the reason `time_limit` or `terminated` ends the run with that; any other reason is `cancelled`. */
  readonly signal?: AbortSignal;
  /** Sent after an answer with neither text nor call, twice in a row at most. Absent: such an answer ends the run. */
  readonly nudge?: string;
  /** Asked before each call of a known tool. Not waited for once the run is aborted. */
  readonly approve?: (call: ToolCallPart, tool: Tool) => Promise<Approval>;
  /** May refuse a completion; the reason becomes the answer to the very call that claimed it, or a user message. */
  readonly verify?: (summary: string) => Promise<Verdict>;
  /** Keeps an output that is about to be pruned; the path it returns is named to the model. */
  readonly spill?: Spill;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
};
