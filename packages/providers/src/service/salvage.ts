import { isJsonObject, type JsonValue, type ModelEvent, type ModelRequest, parseJson } from '@trae-cli/protocol';
import type { Failure } from '../errors/failure.js';
import { CallNumbers } from '../recovered/call-ids.js';
import { recoverCalls } from '../recovered/recover-calls.js';

/** What the model wrote, where the service tells it along with its refusal. */
function failedGeneration(failure: Failure): string | undefined {
  if (failure.type !== 'answered' && failure.type !== 'reported') return undefined;
  const body: JsonValue | undefined = typeof failure.body === 'string' ? parseJson(failure.body) : failure.body;
  const error = isJsonObject(body) ? body['error'] : undefined;
  const text = isJsonObject(error) ? error['failed_generation'] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/**
 * The turn that the service could not make of what the model wrote, where calls of tools that exist can be read in it;
 * else undefined.
 */
export function salvagedTurn(failure: Failure, { messages, tools }: ModelRequest): readonly ModelEvent[] | undefined {
  const written = failedGeneration(failure);
  if (written === undefined) return undefined;
  const recovered = recoverCalls(written, tools);
  if (recovered === undefined) return undefined;
  const numbers = new CallNumbers(messages);
  const { calls, text } = recovered;
  const firstCall = text === '' ? 0 : 1;
  return [
    ...(text === '' ? [] : [{ type: 'text_delta', part: 0, text } as const]),
    ...calls.flatMap(({ name, arguments: words }, index) => {
      const part = firstCall + index;
      return [
        { type: 'tool_call_started', part, id: numbers.mint(), name } as const,
        { type: 'tool_call_delta', part, arguments: words } as const,
      ];
    }),
    { type: 'noticed', message: 'The service could not read a tool call of the model; it was read here.' },
    { type: 'finished', stop: 'tool_calls', usage: null },
  ];
}
