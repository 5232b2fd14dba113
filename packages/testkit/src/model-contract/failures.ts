import { TraeError } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import type { ServerAnswer } from '../model-server.js';
import { contentOf, type OpenExchange, retriesIn } from './exchange.js';

const refusal = (status: number, headers: Readonly<Record<string, string>> = {}): ServerAnswer => ({
  status,
  headers,
  json: { error: { message: 'Not this time.' } },
});

function describeRefusals(exchange: OpenExchange): void {
  test('401 is a rejected key, and nobody tries again', async () => {
    await using talk = await exchange([refusal(401), { text: 'never' }]);
    const { thrown, finished } = await talk.hear();
    expect(thrown).toBeInstanceOf(TraeError);
    expect(thrown).toMatchObject({ code: 'credentials_rejected', retryable: false });
    expect(finished).toBeUndefined();
    expect(talk.server.turns).toHaveLength(1);
  });

  test('429 is waited out for as long as the server asks', async () => {
    await using talk = await exchange([refusal(429, { 'retry-after': '2' }), { text: 'hello' }]);
    const heard = await talk.hear();
    expect(contentOf(heard)).toEqual([{ type: 'text', text: 'hello' }]);
    expect(retriesIn(heard)).toMatchObject([{ waitMs: 2000, reason: 'rate_limited' }]);
    expect(talk.clock.sleeps).toEqual([2000]);
  });

  test('500 is tried again, and given up after the last attempt', async () => {
    const failures = [refusal(500), refusal(500), refusal(500), refusal(500)];
    await using talk = await exchange([...failures, { text: 'never' }]);
    const heard = await talk.hear();
    expect(heard.thrown).toMatchObject({ code: 'provider_unavailable' });
    expect(retriesIn(heard)).toHaveLength(3);
    expect(talk.server.turns).toHaveLength(4);
  });
}

/** Whatever the first attempt has said, only the second one is heard. */
const halves: readonly (readonly [title: string, half: ServerAnswer])[] = [
  ['a stream cut in half', { text: 'half a', breaksOff: 'end' }],
  ['a stream that is reset', { text: 'half a', breaksOff: 'reset' }],
  ['a stream cut behind a call', { calls: [{ name: 'read', arguments: { path: 'a' } }], breaksOff: 'end' }],
  ['a failure that is reported after text', { text: 'half a', fails: 'The server is overloaded.' }],
  [
    'a failure that is reported after a call',
    { reasoning: 'Hm.', calls: [{ name: 'read', arguments: { path: 'a' } }], fails: 'The server is overloaded.' },
  ],
];

/** What goes wrong on the way, and what is tried again. */
export function describeFailures(exchange: OpenExchange): void {
  describeRefusals(exchange);

  test.each(halves)('%s is tried again and leaves no trace', async (_title, half) => {
    await using talk = await exchange([half, { text: 'whole' }]);
    const heard = await talk.hear();
    expect(contentOf(heard)).toEqual([{ type: 'text', text: 'whole' }]);
    expect(heard.finished?.stop).toBe('end');
    expect(retriesIn(heard)).toHaveLength(1);
    expect(talk.server.turns.map(({ body }) => body)).toEqual([talk.server.turns[0]?.body, talk.server.turns[0]?.body]);
  });

  test('a stream that is always cut is an error, never a short answer', async () => {
    const half: ServerAnswer = { text: 'half a', breaksOff: 'end' };
    await using talk = await exchange([half, half, half, half]);
    expect(await talk.hear()).toMatchObject({ finished: undefined, thrown: { code: 'stream_broken' } });
  });
}
