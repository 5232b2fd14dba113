import { clockMs } from './clock.mjs';
import { markOf, turnOf } from './script.mjs';

/**
 * Tokens of a request, an estimate on the high side: three bytes each, over the whole JSON with its quotes and escapes.
 * Lines dense with digits and punctuation come close to that; prose and code have about four bytes to a token.
 */
export const estimatedTokens = (bytes) => Math.ceil(bytes / 3);

const textOf = (content) =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');

/** One run as the server sees it: when each request came, when its answer ended, and what was new in it. */
export class RecordedRun {
  #script;
  #requests = [];
  #seenMessages = 0;
  #contentBytes = 0;
  #wrongAnswers = [];
  otherRequests = 0;

  constructor(script) {
    this.#script = script;
  }

  requestArrived() {
    this.#requests.push({ arrivedAtMs: clockMs(), answeredAtMs: Number.NaN, bytes: 0 });
  }

  /** The turn to answer with, and what it claims to have used where the client asked for that. */
  requestRead(body) {
    this.#requests.at(-1).bytes = body.length;
    const { messages, stream_options: options } = JSON.parse(body);
    this.#checkAnswer(messages.at(-1));
    this.#countContent(messages);
    const turn = turnOf(this.#script, this.#requests.length);
    this.#contentBytes += Buffer.byteLength(turn.text) + Buffer.byteLength(turn.arguments);
    return { turn, ...(options?.include_usage ? { usage: usageOf(body.length) } : {}) };
  }

  answerEnded() {
    this.#requests.at(-1).answeredAtMs = clockMs();
  }

  report() {
    return {
      requests: this.#requests,
      contentBytes: this.#contentBytes,
      wrongAnswers: this.#wrongAnswers,
      otherRequests: this.otherRequests,
    };
  }

  #checkAnswer(message) {
    const step = this.#requests.length - 1;
    const isRight = message.role === 'tool' && new RegExp(`${markOf(step)}\\b`).test(textOf(message.content));
    if (step > 0 && !isRight) this.#wrongAnswers.push(step);
  }

  /** A message counts when it first appears; shortened later, it is still the same message. */
  #countContent(messages) {
    for (const { role, content } of messages.slice(this.#seenMessages)) {
      // What the model said was counted when it was sent.
      if (role !== 'assistant') this.#contentBytes += Buffer.byteLength(textOf(content));
    }
    this.#seenMessages = Math.max(this.#seenMessages, messages.length);
  }
}

function usageOf(bytes) {
  const tokens = estimatedTokens(bytes);
  return { prompt_tokens: tokens, completion_tokens: 20, total_tokens: tokens + 20 };
}
