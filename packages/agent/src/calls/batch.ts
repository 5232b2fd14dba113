import type { ToolCallPart, ToolEffect } from '@trae-cli/protocol';

/** Neighbouring reads form one batch and may run together; every other call is a batch of its own. */
export function batchesOf(
  calls: readonly ToolCallPart[],
  effectOf: (call: ToolCallPart) => ToolEffect,
): readonly (readonly ToolCallPart[])[] {
  const batches: ToolCallPart[][] = [];
  let reads: ToolCallPart[] | undefined;
  for (const call of calls) {
    if (effectOf(call) !== 'read') {
      reads = undefined;
      batches.push([call]);
    } else if (reads === undefined) {
      reads = [call];
      batches.push(reads);
    } else reads.push(call);
  }
  return batches;
}
