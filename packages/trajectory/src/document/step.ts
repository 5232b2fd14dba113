import type { AssistantMessage, ModelRef, RunOutcome, StopReason, Usage } from '@trae-cli/protocol';
import { brokenAnswers } from '../broken-answers.js';
import type { TraeInteraction, TraeMessage, TraeStep, TraeToolResult } from './document.js';
import { interactionUsage, noneAsNull, response, stepUsage, toolCalls } from './parts.js';

/** What all steps of a run share. */
export type RunBackground = { readonly model: ModelRef; readonly tools: readonly string[] };

/** A step while its records are being read. */
export type OpenStep = {
  readonly number: number;
  readonly run: RunBackground;
  sent: readonly TraeMessage[];
  answer: { readonly message: AssistantMessage; readonly at: string } | undefined;
  results: TraeToolResult[];
  end: { readonly stop: StopReason; readonly usage: Usage | null } | undefined;
  error: string | undefined;
  label: string | undefined;
  /** Of the step's last record so far. */
  at: string;
};

const errorOf = (step: OpenStep): string | undefined => step.error ?? (step.end && brokenAnswers[step.end.stop]);

export function describeOutcome(outcome: RunOutcome): string {
  switch (outcome.status) {
    case 'completed':
      return outcome.summary;
    case 'stopped':
      return `Stopped: ${outcome.reason.replaceAll('_', ' ')}.`;
    case 'failed':
      return outcome.error.message;
    default:
      return outcome satisfies never;
  }
}

/** What a run's end says about its last step: a step that was under way, or whose answer was no good, failed with it. */
export function endStep(step: OpenStep, outcome: RunOutcome): void {
  const isGood = step.end !== undefined && (step.end.stop === 'end' || step.end.stop === 'tool_calls');
  if (outcome.status === 'failed' && !isGood) step.error = describeOutcome(outcome);
  if (outcome.status === 'stopped' && step.end === undefined) step.error = describeOutcome(outcome);
}

function stateOf(step: OpenStep): TraeStep['state'] {
  if (errorOf(step) !== undefined) return 'error';
  if (step.end !== undefined) return 'completed';
  return step.answer === undefined ? 'thinking' : 'calling_tool';
}

export function agentStep(step: OpenStep): TraeStep {
  const { number, at, answer, end, results, label } = step;
  return {
    step_number: number,
    timestamp: at,
    state: stateOf(step),
    llm_messages: noneAsNull(step.sent),
    llm_response: answer === undefined ? null : response(answer.message, end?.stop, stepUsage(end?.usage ?? null)),
    tool_calls: answer === undefined ? null : toolCalls(answer.message),
    tool_results: noneAsNull(results),
    reflection: null,
    error: errorOf(step) ?? null,
    ...(label === undefined ? {} : { lakeview_summary: label }),
  };
}

/** The exchange with the model; none where it gave no answer. */
export function interaction({ answer, run, sent, end }: OpenStep): TraeInteraction | undefined {
  if (answer === undefined) return undefined;
  return {
    timestamp: answer.at,
    provider: run.model.provider,
    model: run.model.model,
    input_messages: sent,
    response: response(answer.message, end?.stop, interactionUsage(end?.usage ?? null)),
    tools_available: noneAsNull(run.tools),
  };
}
