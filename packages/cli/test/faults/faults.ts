import type { ErrorCode } from '@trae-cli/protocol';
import type { ApiFormat } from '@trae-cli/providers';
import type { ModelAnswer, RawAnswer, ServerAnswer } from '@trae-cli/testkit';
import { done } from '../cli.js';
import { effect } from './effect.js';
import { piecesOf, type Wire, wholeOf } from './wire.js';

type Answer = ServerAnswer | Promise<ServerAnswer>;

/** Something that goes wrong. */
export type Fault = {
  readonly name: string;
  /** Whether the same is asked again, so that a run gets over it where it does not happen again. */
  readonly isRetried: boolean;
  /** What a run fails with to which it happens again and again. */
  readonly code: ErrorCode;
  /** Where that is another one. */
  readonly codes?: Readonly<Partial<Record<ApiFormat, ErrorCode>>>;
} & (
  | { readonly type: 'answer'; answer(wire: Wire): Answer }
  /** Nobody listens. */
  | { readonly type: 'refused' }
  /** Connections are reset as soon as something is asked on them. */
  | { readonly type: 'reset' }
);

/** What looks wrong and is not: a run of these answers completes. */
export type Oddity = {
  readonly name: string;
  answers(wire: Wire): Promise<readonly ServerAnswer[]>;
  /** What its calls leave behind, in order. */
  readonly leaves: readonly string[];
};

/** What is said in an answer that never counts. */
const unheard: ModelAnswer = { text: 'I will.', calls: [effect('half an answer')] };
const never: Promise<never> = new Promise(() => undefined);
const oversized = 17 * 1024 * 1024;

type Taken = Pick<Fault, 'isRetried' | 'code' | 'codes'>;

const lasting = (code: ErrorCode): Taken => ({ isRetried: false, code });
const passing = (code: ErrorCode): Taken => ({ isRetried: true, code });
const cut = passing('stream_broken');

const answering = (name: string, taken: Taken, answer: (wire: Wire) => Answer): Fault => ({
  name,
  type: 'answer',
  ...taken,
  answer,
});

const streamed = (wire: Wire, raw: RawAnswer): RawAnswer => ({
  ...raw,
  headers: { 'content-type': wire.contentType, ...raw.headers },
});

/** All of an answer but its end, then something else. */
const interrupted =
  (what: (wire: Wire) => string) =>
  async (wire: Wire): Promise<RawAnswer> => {
    const pieces = await piecesOf(wire, { ...unheard, breaksOff: 'end' });
    return streamed(wire, { chunks: [...pieces, what(wire)] });
  };

const connections: readonly Fault[] = [
  { name: 'refused', type: 'refused', ...passing('provider_unavailable') },
  { name: 'reset before an answer', type: 'reset', ...passing('provider_unavailable') },
  answering('reset behind the headers', cut, (wire) => streamed(wire, { chunks: [], end: 'reset' })),
  answering('reset in the midst', cut, () => ({ ...unheard, breaksOff: 'reset' })),
];

const silences: readonly Fault[] = [
  answering('no headers', cut, () => ({ before: { until: never } })),
  answering('no body', cut, (wire) => streamed(wire, { chunks: [], end: 'hang' })),
  answering('stalled stream', cut, () => ({ ...unheard, breaksOff: 'hang' })),
];

const page = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>';

const contents: readonly Fault[] = [
  answering('cut before its end', cut, () => ({ ...unheard, breaksOff: 'end' })),
  answering('an empty body', cut, (wire) => streamed(wire, { body: '' })),
  // A stream of events is what is between its marks; of lines, each has to be one.
  answering('nothing but garbage', { ...cut, codes: { ollama: 'provider_protocol' } }, (wire) =>
    streamed(wire, { body: Buffer.from('\u0000\u0001\uFFFD garbage \u007F'.repeat(20)) }),
  ),
  answering(
    'garbage in the midst',
    passing('provider_protocol'),
    interrupted((wire) => wire.piece('{"choices": [}')),
  ),
  answering('a web page', lasting('provider_protocol'), () => ({
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: page,
  })),
  answering('a web page labelled as an answer', lasting('provider_protocol'), (wire) => streamed(wire, { body: page })),
  answering('JSON that is no answer', passing('provider_protocol'), () => ({ json: { hello: 'world' } })),
  answering('an error in the midst', passing('provider_unavailable'), () => ({ ...unheard, fails: 'It went wrong.' })),
  answering(
    'an oversized line',
    lasting('provider_protocol'),
    interrupted((wire) => wire.piece(`{"${'x'.repeat(oversized)}`)),
  ),
];

type Refusal = { readonly status: number; readonly words: string; readonly type: string; readonly wait?: string };

function refusing({ status, words, type, wait }: Refusal, taken: Taken): Fault {
  const headers: Readonly<Record<string, string>> = wait === undefined ? {} : { 'retry-after': wait };
  const name = `${status}${wait === undefined ? '' : ` with Retry-After: ${wait}`}`;
  return answering(name, taken, (wire) => ({ status, headers, json: wire.refusal(words, type) }));
}

const tooMany = { status: 429, words: 'Too many requests.', type: 'rate_limit_error' } as const;

const statuses: readonly Fault[] = [
  refusing({ status: 400, words: 'What is this?', type: 'invalid_request_error' }, lasting('request_rejected')),
  refusing({ status: 401, words: 'Who are you?', type: 'authentication_error' }, lasting('credentials_rejected')),
  refusing({ status: 403, words: 'You may not.', type: 'forbidden' }, lasting('request_rejected')),
  refusing({ status: 404, words: 'The model `m` does not exist.', type: 'not_found_error' }, lasting('model_unknown')),
  refusing(tooMany, passing('rate_limited')),
  refusing({ ...tooMany, wait: '1' }, passing('rate_limited')),
  refusing({ ...tooMany, wait: '3600' }, lasting('rate_limited')),
  refusing({ status: 500, words: 'It went wrong.', type: 'api_error' }, passing('provider_unavailable')),
  refusing({ status: 503, words: 'Away.', type: 'api_error' }, passing('provider_unavailable')),
  refusing({ status: 529, words: 'Overloaded', type: 'overloaded_error' }, passing('provider_unavailable')),
];

/** Everything that may go wrong between a run and its service. */
export const faults: readonly Fault[] = [...connections, ...silences, ...contents, ...statuses];

const calling: ModelAnswer = { calls: [effect('called')] };
const finishing: ModelAnswer = done('ok');

const oddity = (name: string, answerTo: (wire: Wire, answer: ModelAnswer) => Promise<ServerAnswer>): Oddity => ({
  name,
  answers: (wire) => Promise.all([answerTo(wire, calling), answerTo(wire, finishing)]),
  leaves: ['called'],
});

const twins = ['called', 'called again'] as const;

export const oddities: readonly Oddity[] = [
  oddity('slow headers', async (wire, answer) => ({
    ...streamed(wire, { chunks: await piecesOf(wire, answer) }),
    before: { waitMs: 200 },
  })),
  // It takes longer than the longest silence that is allowed.
  oddity('slow body', async (wire, answer) => {
    const pieces = await piecesOf(wire, { ...answer, text: 'one two three four five six' });
    return streamed(wire, { chunks: pieces.flatMap((piece) => [piece, { waitMs: 120 }]) });
  }),
  oddity('JSON in the place of a stream', async (wire, answer) => ({ json: JSON.parse(await wholeOf(wire, answer)) })),
  oddity('a stream labelled as text', async (wire, answer) => ({
    headers: { 'content-type': 'text/plain' },
    chunks: await piecesOf(wire, answer),
  })),
  {
    name: 'one id for two calls of a turn',
    answers: () => Promise.resolve([{ calls: twins.map((line) => effect(line, 'call_same')) }, finishing]),
    leaves: twins,
  },
  {
    name: 'one id for calls of two turns',
    answers: () => Promise.resolve([...twins.map((line) => ({ calls: [effect(line, 'call_same')] })), finishing]),
    leaves: twins,
  },
];
