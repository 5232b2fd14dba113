import {
  type AssistantMessage,
  type Clock,
  createTurn,
  type Model,
  type ModelEvent,
  type ModelRequest,
  type Sampling,
  type StopReason,
  TraeError,
  type Usage,
} from '@trae-cli/protocol';

/** One turn of a probe, as it was heard. */
export type HeardProbe = {
  readonly message: AssistantMessage;
  readonly stop: StopReason;
  readonly usage: Usage | null;
  /** Milliseconds until the first word, thought or call. */
  readonly firstTokenMs: number;
  /** Milliseconds until the end. */
  readonly durationMs: number;
  /** Whether the answer came while it was written. */
  readonly isStreamed: boolean;
  /** What the person should know: parameters that were left out, ways that were changed. */
  readonly notices: readonly string[];
  /** Why the turn was begun anew, once for each time. */
  readonly retries: readonly string[];
};

export type ProbeOptions = {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** As a run would send it, so that what is refused of it is found. */
  readonly sampling?: Sampling | undefined;
};

const isSpoken = ({ type }: ModelEvent): boolean =>
  type === 'text_delta' || type === 'reasoning_delta' || type === 'tool_call_started';

/** Asks once and listens to the end. Throws what the model throws. */
export async function hearProbe(
  model: Model,
  request: Omit<ModelRequest, 'sampling'>,
  { clock, sampling, signal }: ProbeOptions,
): Promise<HeardProbe> {
  const turn = createTurn();
  const notices: string[] = [];
  const retries: string[] = [];
  let startedAt = clock.now();
  let firstAt: number | undefined;
  let isStreamed = true;
  const asked = sampling === undefined ? request : { ...request, sampling };
  for await (const event of model.stream(asked, signal)) {
    turn.apply(event);
    if (event.type === 'noticed') notices.push(event.message);
    // A request that was refused, and the wait before it, say nothing of how fast the service is.
    if (event.type === 'requested') startedAt = clock.now();
    if (event.type === 'retrying') {
      retries.push(event.message);
      firstAt = undefined;
    }
    if (event.type === 'finished') isStreamed = event.isStreamed ?? true;
    if (isSpoken(event)) firstAt ??= clock.now();
  }
  const finished = turn.finished(model.ref);
  if (finished === undefined) throw new TraeError('stream_broken', 'The answer ended before it was complete.');
  const { message, stop, usage } = finished;
  const endedAt = clock.now();
  const firstTokenMs = (firstAt ?? endedAt) - startedAt;
  return { message, stop, usage, firstTokenMs, durationMs: endedAt - startedAt, isStreamed, notices, retries };
}
