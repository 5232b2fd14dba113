import { type Model, type StopReason, textOf, type Usage, userMessage } from '@trae-cli/protocol';
import { type HeardProbe, hearProbe, type ProbeOptions } from './hear-probe.js';

/**
 * `in pieces`: as it is written. `held back`: in pieces, but all of them at the end, as behind a proxy that buffers.
 * `whole`: in one piece.
 */
type Delivery = 'in pieces' | 'held back' | 'whole';

export type SpeechFinding = {
  readonly text: string;
  readonly stop: StopReason;
  /** Milliseconds. */
  readonly firstTokenMs: number;
  readonly durationMs: number;
  /** Of the time after the first token; null where too little was said, or nobody counted. */
  readonly tokensPerSecond: number | null;
  readonly delivery: Delivery;
  readonly usage: Usage | null;
  readonly notices: readonly string[];
  readonly retries: readonly string[];
};

/** Below this the clock says more about the network than about the model. */
const leastMs = 50;
const leastTokens = 10;
/** An answer that took at least so long, and of which no more than this share was heard of while it came. */
const heldBack = { leastMs: 1000, mostShare: 0.02 } as const;

function speedOf({ delivery, usage }: { delivery: Delivery; usage: Usage | null }, milliseconds: number) {
  if (delivery !== 'in pieces' || usage === null || usage.output < leastTokens || milliseconds < leastMs) return null;
  return (usage.output * 1000) / milliseconds;
}

function deliveryOf({ durationMs, firstTokenMs, isStreamed }: HeardProbe): Delivery {
  if (!isStreamed) return 'whole';
  const share = (durationMs - firstTokenMs) / durationMs;
  return durationMs >= heldBack.leastMs && share <= heldBack.mostShare ? 'held back' : 'in pieces';
}

const request = {
  instructions: 'Answer briefly and do what is asked, nothing else.',
  messages: [userMessage('Count from one to thirty in words, separated by commas.')],
  tools: [],
};

/** A real answer, long enough to see whether it is streamed and how fast. */
export async function probeSpeech(model: Model, options: ProbeOptions): Promise<SpeechFinding> {
  const heard = await hearProbe(model, request, options);
  const { durationMs, firstTokenMs, message, notices, retries, stop, usage } = heard;
  const delivery = deliveryOf(heard);
  return {
    text: textOf(message.content),
    stop,
    firstTokenMs,
    durationMs,
    tokensPerSecond: speedOf({ delivery, usage }, durationMs - firstTokenMs),
    delivery,
    usage,
    notices,
    retries,
  };
}
