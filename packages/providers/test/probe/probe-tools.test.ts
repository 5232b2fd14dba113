import { type ModelRequest, textOf } from '@trae-cli/protocol';
import { probeTools } from '@trae-cli/providers';
import { type ModelScript, scriptedModel, testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { never } from '../conversation.js';

const call = (town: unknown) => ({ name: 'lookup_code', arguments: JSON.stringify({ town }) });

const codesIn = ({ messages }: ModelRequest): readonly string[] =>
  messages.flatMap((message) => (message.role === 'tool' && message.status === 'ok' ? [textOf(message.content)] : []));

const probe = (script: ModelScript) =>
  probeTools(scriptedModel(script), { clock: testClock(), signal: never, random: () => 0.5 });

describe('a task that takes two calls', () => {
  test('works with both calls in one turn, whose answers are told', async () => {
    const found = await probe((request) =>
      codesIn(request).length === 0 ? { calls: [call('Oslo'), call('Lima')] } : codesIn(request).join(' and '),
    );
    expect(found).toMatchObject({ outcome: 'worked', mostAtOnce: 2, turns: 2, unusable: 0 });
    expect(found.usages).toHaveLength(2);
  });

  test('works with one call after the other, and with codes written with separators', async () => {
    const found = await probe((request) => {
      const codes = codesIn(request);
      const town = ['Oslo', 'lima, Peru'][codes.length];
      return town === undefined
        ? codes.map((code) => Number(code).toLocaleString('en')).join(', ')
        : { calls: [call(town)] };
    });
    expect(found).toMatchObject({ outcome: 'worked', mostAtOnce: 1, turns: 3 });
  });

  test.each<[string, ModelScript, number]>([
    ['no calls', ['I cannot.'], 1],
    ['unusable calls', [{ calls: [call(7), { name: 'lookup_code', arguments: '{' }] }, 'Sorry.'], 2],
    ['answers not read', [{ calls: [call('Oslo'), call('Lima')] }, '1111111 and 2222222'], 2],
    ['never done', () => ({ calls: [call('Oslo')] }), 5],
  ])('ends in "%s"', async (outcome, script, turns) => {
    expect(await probe(script)).toMatchObject({ outcome, turns });
  });

  test('is told what was wrong with a call, and counts it', async () => {
    const model = scriptedModel([{ calls: [call('Rome')] }, (request) => JSON.stringify(request.messages.at(-1))]);
    const found = await probeTools(model, { clock: testClock(), signal: never, random: () => 0.5 });
    expect(found).toMatchObject({ outcome: 'unusable calls', unusable: 1 });
    expect(JSON.stringify(model.requests[1]?.messages)).toContain('There is no such town.');
  });
});
