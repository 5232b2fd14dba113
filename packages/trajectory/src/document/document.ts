import type { JsonObject } from '@trae-cli/protocol';

/** The keys and their order are the Python original's, so that what reads its files reads these. */
export type TraeDocument = {
  readonly task: string;
  readonly start_time: string;
  /** Empty where the record stops before the run did. */
  readonly end_time: string;
  readonly provider: string;
  readonly model: string;
  readonly max_steps: number;
  readonly llm_interactions: readonly TraeInteraction[];
  readonly agent_steps: readonly TraeStep[];
  readonly success: boolean;
  readonly final_result: string | null;
  /** Seconds; 0 where the record stops before the run did. */
  readonly execution_time: number;
};

export type TraeInteraction = {
  readonly timestamp: string;
  readonly provider: string;
  readonly model: string;
  /** What was added since the interaction before: the original's clients keep the history themselves. */
  readonly input_messages: readonly TraeMessage[];
  readonly response: TraeResponse<TraeUsage>;
  readonly tools_available: readonly string[] | null;
};

export type TraeStep = {
  /** From 1, on through all runs of the record. */
  readonly step_number: number;
  readonly timestamp: string;
  readonly state: 'thinking' | 'calling_tool' | 'completed' | 'error';
  readonly llm_messages: readonly TraeMessage[] | null;
  readonly llm_response: TraeResponse<TraeStepUsage | null> | null;
  readonly tool_calls: readonly TraeToolCall[] | null;
  readonly tool_results: readonly TraeToolResult[] | null;
  readonly reflection: string | null;
  readonly error: string | null;
  readonly lakeview_summary?: string;
};

export type TraeMessage = {
  readonly role: 'system' | 'user' | 'assistant';
  /** Null in the message that carries a tool's result, which the original sends as the user's. */
  readonly content: string | null;
  readonly tool_result?: TraeToolResult;
};

export type TraeResponse<Usage> = {
  readonly content: string;
  readonly model: string;
  readonly finish_reason: string | null;
  readonly usage: Usage;
  readonly tool_calls: readonly TraeToolCall[] | null;
};

/** `input_tokens` leaves out what was read from a cache, so that the three can be added up. */
export type TraeStepUsage = { readonly input_tokens: number; readonly output_tokens: number };

/** Zero and null where the service did not say: `usage` of the step is null then. */
export type TraeUsage = TraeStepUsage & {
  readonly cache_creation_input_tokens: number | null;
  readonly cache_read_input_tokens: number | null;
  readonly reasoning_tokens: number | null;
};

export type TraeToolCall = {
  readonly call_id: string;
  readonly name: string;
  /** `{ unparsed_arguments }` where the model's words were not a JSON object. */
  readonly arguments: JsonObject;
  readonly id: string | null;
};

export type TraeToolResult = {
  readonly call_id: string;
  readonly success: boolean;
  readonly result: string | null;
  readonly error: string | null;
  readonly id: string | null;
};
