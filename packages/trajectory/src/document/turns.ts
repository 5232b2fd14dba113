import type {
  RecordedCall,
  RecordedDocument,
  RecordedInteraction,
  RecordedResult,
  RecordedStep,
  RecordedUsage,
} from './recorded-document.js';

export type AnsweredCall = {
  /** Undefined for a result that belongs to no call in the file. */
  readonly call: RecordedCall | undefined;
  readonly result: RecordedResult | undefined;
};

/** A turn of the agent, put together from what a document says of it in two places. */
export type Turn = {
  readonly number: number;
  /** What was said to the model before it, beside the task's instructions and the tools' results. */
  readonly said: readonly string[];
  readonly text: string | undefined;
  readonly calls: readonly AnsweredCall[];
  /** Whether the calls were to be answered: those that end a run, and what else was never called, are not. */
  readonly areCallsRun: boolean;
  readonly isAnswered: boolean;
  readonly usage: RecordedUsage | undefined;
  readonly finishReason: string | undefined;
  readonly reflection: string | undefined;
  readonly error: string | undefined;
  readonly summary: string | undefined;
};

type Exchange = { readonly step: RecordedStep | undefined; readonly interaction: RecordedInteraction | undefined };

/** How far to look for the interaction of a step where something else stands between. */
const furthestInteraction = 8;

/** Each interaction with its step. One that the agent has no step of, as of a run that was killed, is a turn of its own. */
function exchanges({ agent_steps: steps, llm_interactions: interactions }: RecordedDocument): readonly Exchange[] {
  const found: Exchange[] = [];
  let next = 0;
  for (const step of steps) {
    const ahead = interactions.slice(next, next + furthestInteraction);
    const isSame = ({ response }: RecordedInteraction) => response?.content === step.llm_response?.content;
    const distance = step.llm_response === undefined ? -1 : ahead.findIndex(isSame);
    found.push(...ahead.slice(0, Math.max(distance, 0)).map((interaction) => ({ step: undefined, interaction })));
    found.push({ step, interaction: ahead[distance] });
    next += distance + 1;
  }
  return [...found, ...interactions.slice(next).map((interaction) => ({ step: undefined, interaction }))];
}

/** Pairs calls with results by their ids, and by their order where there are none. */
function answeredCalls(calls: readonly RecordedCall[], results: readonly RecordedResult[]): readonly AnsweredCall[] {
  // The last one first, so that the next one of an id is at the end.
  const open = new Map<string | undefined, RecordedResult[]>();
  for (const result of results.toReversed()) {
    const queue = open.get(result.call_id);
    if (queue === undefined) open.set(result.call_id, [result]);
    else queue.push(result);
  }
  const take = (id: string | undefined): RecordedResult | undefined =>
    open.get(id)?.pop() ?? open.get(undefined)?.pop();
  const answered = calls.map((call) => ({ call, result: take(call.call_id) }));
  const rest = [...open.values()].flatMap((left) => left.toReversed());
  return [...answered, ...rest.map((result) => ({ call: undefined, result }))];
}

const resultsSentIn = (interaction: RecordedInteraction | undefined): readonly RecordedResult[] =>
  interaction?.input_messages.flatMap(({ tool_result: result }) => result ?? []) ?? [];

/** What came after the last words that are the model's: some programs send the whole history again. */
function saidIn(interaction: RecordedInteraction | undefined): readonly string[] {
  const messages = interaction?.input_messages ?? [];
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  return messages.slice(last + 1).flatMap(({ role, content }) => (role === 'user' ? (content ?? []) : []));
}

/** The interaction says more of it, but writes zeros where the service did not report any. */
function usageOf({ step, interaction }: Exchange): RecordedUsage | undefined {
  if (step?.llm_response !== undefined && step.llm_response.usage === undefined) return undefined;
  const usage = interaction?.response?.usage ?? step?.llm_response?.usage;
  return Object.values(usage ?? {}).some((tokens) => tokens !== undefined && tokens > 0) ? usage : undefined;
}

function turnOf(exchange: Exchange, number: number, following: RecordedInteraction | undefined): Turn {
  const { step, interaction } = exchange;
  const response = step?.llm_response ?? interaction?.response;
  const areCallsRun = step === undefined || step.tool_calls.length > 0;
  const calls = step !== undefined && areCallsRun ? step.tool_calls : (response?.tool_calls ?? []);
  return {
    number,
    said: saidIn(interaction),
    text: response?.content,
    calls: answeredCalls(calls, step === undefined ? resultsSentIn(following) : step.tool_results),
    areCallsRun,
    isAnswered: response !== undefined,
    usage: usageOf(exchange),
    finishReason: response?.finish_reason ?? interaction?.response?.finish_reason,
    reflection: step?.reflection,
    error: step?.error ?? (step?.state === 'error' ? 'not recorded' : undefined),
    summary: step?.lakeview_summary,
  };
}

/** The turns of a document, in order. */
export function* turnsOf(document: RecordedDocument): Generator<Turn, void> {
  const all = exchanges(document);
  let number = 0;
  for (const [index, exchange] of all.entries()) {
    number = exchange.step?.step_number ?? number + 1;
    yield turnOf(exchange, number, all[index + 1]?.interaction);
  }
}
