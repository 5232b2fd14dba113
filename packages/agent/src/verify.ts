import { asTraeError, type RunOutcome } from '@trae-cli/protocol';
import { failed, type Run } from './run-state.js';

export type Verified =
  | { readonly status: 'accepted'; readonly outcome: RunOutcome }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'failed'; readonly reason: string; readonly outcome: RunOutcome };

/** Whether the claim that the task is done stands. A claim without words is summed up by the last ones of the run. */
export async function verifyCompletion(run: Run, claimed: string): Promise<Verified> {
  const summary = claimed.trim() === '' ? run.conversation.lastText(run.historyLength) : claimed;
  try {
    const verdict = (await run.options.verify?.(summary)) ?? { allow: true };
    if (!verdict.allow) return { status: 'refused', reason: verdict.reason };
    return { status: 'accepted', outcome: { status: 'completed', summary } };
  } catch (thrown) {
    const reason = `Whether the task is done could not be checked: ${asTraeError(thrown).message}`;
    return { status: 'failed', reason, outcome: failed(thrown) };
  }
}
