import { expect, test } from 'vitest';
import { createGate } from '../gate.js';
import { type ContractOptions, contentOf, type OpenExchange, plainRequest, retriesIn } from './exchange.js';

function describeLeaving(exchange: OpenExchange): void {
  test('an abort ends the turn without a finish, and the server sees the client leave', async () => {
    await using talk = await exchange([{ text: 'half a', breaksOff: 'hang' }]);
    const controller = new AbortController();
    const { finished, thrown } = await talk.hear({
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'text_delta') controller.abort();
      },
    });
    expect(finished).toBeUndefined();
    expect(thrown).toBeDefined();
    expect(await talk.server.turns[0]?.ended).toBe('abandoned');
    expect(talk.server.turns).toHaveLength(1);
  });

  test('an abort before the first byte ends the turn too, and nobody tries again', async () => {
    const asked = createGate();
    await using talk = await exchange(() => {
      asked.open();
      return new Promise(() => undefined);
    });
    const controller = new AbortController();
    const hearing = talk.hear({ signal: controller.signal });
    await asked.opened;
    controller.abort();
    const heard = await hearing;
    expect(heard).toMatchObject({ finished: undefined, thrown: expect.anything() });
    expect(retriesIn(heard)).toEqual([]);
    expect(await talk.server.turns[0]?.ended).toBe('abandoned');
    expect(talk.server.turns).toHaveLength(1);
  });

  test('leaving the loop early closes the connection', async () => {
    await using talk = await exchange([{ text: 'half a', breaksOff: 'hang' }]);
    const model = await talk.model();
    for await (const event of model.stream(plainRequest, new AbortController().signal)) {
      if (event.type === 'text_delta') break;
    }
    expect(await talk.server.turns[0]?.ended).toBe('abandoned');
  });
}

/** How turns end that are not cut off by a failure. */
export function describeEnds(exchange: OpenExchange, { unknownFinish = 'other' }: ContractOptions): void {
  describeLeaving(exchange);

  test('an unknown finish reason is an end of its own kind, not an exception', async () => {
    await using talk = await exchange([{ text: 'so be it', finishReason: 'sunset' }]);
    const heard = await talk.hear();
    expect(heard.finished?.stop).toBe(unknownFinish);
    expect(contentOf(heard)).toEqual([{ type: 'text', text: 'so be it' }]);
  });

  test('a length limit is told, with what was said', async () => {
    await using talk = await exchange([{ text: 'so far', finishReason: 'length' }]);
    const heard = await talk.hear();
    expect(heard.finished?.stop).toBe('length');
    expect(contentOf(heard)).toEqual([{ type: 'text', text: 'so far' }]);
  });
}
