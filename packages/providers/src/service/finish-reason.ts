import type { StopReason } from '@trae-cli/protocol';

/** `failed`: not an answer at all, and worth asking again. */
export type Finish = StopReason | 'failed';

const finishes: ReadonlyMap<string, Finish> = new Map(
  Object.entries({
    stop: 'end',
    eos: 'end',
    end_turn: 'end',
    stop_sequence: 'end',
    tool_calls: 'tool_calls',
    function_call: 'tool_calls',
    tool_use: 'tool_calls',
    length: 'length',
    max_tokens: 'length',
    max_output_tokens: 'length',
    model_length: 'length',
    content_filter: 'filtered',
    safety: 'filtered',
    refusal: 'filtered',
    sensitive: 'filtered',
    error: 'failed',
    network_error: 'failed',
    insufficient_system_resource: 'failed',
    abort: 'failed',
    malformed_function_call: 'failed',
  } as const satisfies Record<string, Finish>),
);

export const finishOf = (reason: string): Finish => finishes.get(reason.toLowerCase()) ?? 'other';
