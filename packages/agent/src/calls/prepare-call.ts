import { type AgentEvent, asTraeError, type Tool, type ToolCallPart, type Verdict } from '@trae-cli/protocol';
import type { AgentOptions, Approval } from '../options.js';
import type { Step } from '../run-state.js';
import { unlessAborted } from '../scope.js';
import { wording } from '../wording.js';

export type PreparedCall =
  | {
      readonly kind: 'runnable';
      readonly call: ToolCallPart;
      readonly tool: Tool;
      /** What the tool is given; not what the model said where whoever approved changed it. */
      readonly arguments: string;
    }
  | { readonly kind: 'refused'; readonly call: ToolCallPart; readonly reason: string };

const refused = (call: ToolCallPart, reason: string): PreparedCall => ({ kind: 'refused', call, reason });

/** Finds the tool of a call and asks whether it may run. */
export async function* prepareCall(step: Step, call: ToolCallPart): AsyncGenerator<AgentEvent, PreparedCall> {
  const { toolbox, options } = step.run;
  if (step.scope.isAborted) return refused(call, wording.cancelled);
  const tool = toolbox.find(call.name);
  if (tool === undefined) return refused(call, toolbox.unknown(call.name));
  if (options.approve === undefined) return { kind: 'runnable', call, tool, arguments: call.arguments };
  const approval = await unlessAborted(approvalOf(options.approve, call, tool), step.scope.signal);
  if (approval === undefined) return refused(call, wording.cancelled);
  const verdict = verdictOf(approval);
  const by = approval.by ?? 'person';
  yield { type: 'approval_decided', step: step.number, callId: call.id, verdict, by };
  if (!verdict.allow) return refused(call, `Not run: this call was not allowed. ${verdict.reason}`);
  return { kind: 'runnable', call, tool, arguments: verdict.arguments ?? call.arguments };
}

type Approve = NonNullable<AgentOptions['approve']>;

/** Whoever cannot be asked has not allowed anything. */
async function approvalOf(approve: Approve, call: ToolCallPart, tool: Tool): Promise<Approval> {
  try {
    return await approve(call, tool);
  } catch (thrown) {
    return { allow: false, reason: `Nobody could be asked: ${asTraeError(thrown).message}`, by: 'rule' };
  }
}

function verdictOf(approval: Approval): Verdict {
  if (!approval.allow) return { allow: false, reason: approval.reason };
  return approval.arguments === undefined ? { allow: true } : { allow: true, arguments: approval.arguments };
}
