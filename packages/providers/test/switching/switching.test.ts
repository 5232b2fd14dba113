import { type ImagePart, type Message, userMessage } from '@trae-cli/protocol';
import { type ApiFormat, apiFormats } from '@trae-cli/providers';
import { type AnsweredCall, answeredCalls, type ModelAnswer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { answered, type Speaker, speaker } from './speaker.js';

const read = (path: string, id: string) => ({ name: 'read', arguments: { path }, id });

/** What nobody else may hear. */
const thoughtOf = { first: 'The first one thinks.', second: 'The second one thinks.' } as const;

/** Ids as odd as each protocol has them; to its own model they go back as they came. */
const oddIds: Readonly<Record<ApiFormat, readonly [string, string, string]>> = {
  'openai-chat': ['functions.read:0', `call|${'x'.repeat(80)}`, 'chatcmpl-tool-é'],
  'openai-responses': ['functions.read:0', `call|${'x'.repeat(50)}`, 'chatcmpl-tool-é'],
  anthropic: ['0', `toolu_${'x'.repeat(50)}`, 'toolu_-'],
  ollama: ['functions.read:0', 'x'.repeat(80), 'é'],
};

/** Three calls at once, two of which have one id, and later one that is cut off. */
function firstAnswers(format: ApiFormat): readonly ModelAnswer[] {
  const [twice, long, last] = oddIds[format];
  const calls = [read('a', twice), read('b', long), read('picture', twice)];
  return [
    { reasoning: thoughtOf.first, text: 'I read three.', calls },
    { reasoning: thoughtOf.first, calls: [read('never', last)] },
    { text: 'Back again.' },
  ];
}

/** It uses an id again that the first one has used. */
const secondAnswers = (first: ApiFormat): readonly ModelAnswer[] => [
  { reasoning: thoughtOf.second, text: 'I read one more.', calls: [read('c', oddIds[first][0])] },
  { text: 'Enough.' },
];

const picture: ImagePart = { type: 'image', mediaType: 'image/png', base64: 'iVBORw0KGgo=' };
const photograph: ImagePart = { type: 'image', mediaType: 'image/png', base64: 'iVBORw0KGgpQ' };

const contentOf = (path: string) =>
  path === 'picture' ? [picture] : ([{ type: 'text', text: `of ${path}` }] as const);

const isLegal = /^[\w-]{1,64}$/;

/** Neither empty nor long, so that every service takes them, and no two calls with one. */
function expectLegalIds(calls: readonly AnsweredCall[]): void {
  const ids = calls.flatMap(({ id }) => (id === undefined ? [] : [id]));
  for (const id of ids) expect(id).toMatch(isLegal);
  expect(new Set(ids).size).toBe(ids.length);
}

const once = (text: string) => [expect.stringContaining(text)];

/** What the first of them has done, as any reader is told it. */
const begun = [
  { name: 'read', arguments: { path: 'a' }, answers: once('of a') },
  { name: 'read', arguments: { path: 'b' }, answers: once('of b') },
  { name: 'read', arguments: { path: 'picture' }, answers: [expect.any(String)] },
  { name: 'read', arguments: { path: 'never' }, answers: once('No result') },
];

/** A conversation with all that is hard to hand on: thoughts, seals, odd ids, images, and a call that was cut off. */
async function begin(first: Speaker): Promise<readonly Message[]> {
  const question: Message = { role: 'user', content: [{ type: 'text', text: 'What is on it?' }, photograph] };
  const asked = answered(await first.answer([question]), contentOf);
  return [...(await first.answer(asked)), userMessage('And now?')];
}

type Pair = { readonly first: Speaker; readonly second: Speaker } & AsyncDisposable;

async function pairOf(one: ApiFormat, other: ApiFormat): Promise<Pair> {
  const first = await speaker({ format: one, model: 'first', answers: firstAnswers(one) });
  const second = await speaker({ format: other, model: 'second', answers: secondAnswers(one) });
  return {
    first,
    second,
    async [Symbol.asyncDispose]() {
      await first[Symbol.asyncDispose]();
      await second[Symbol.asyncDispose]();
    },
  };
}

const pairs = apiFormats.flatMap((one) => apiFormats.map((other) => [one, other] as const));

describe.each(pairs)('a conversation that %s began and %s goes on with', (one, other) => {
  test('is a valid request, with every call answered once and every image in it', async () => {
    await using talk = await pairOf(one, other);
    await talk.second.answer(await begin(talk.first));
    const { images, steps } = talk.second.asked;
    const calls = answeredCalls(steps);
    expect(calls).toMatchObject(begun);
    expectLegalIds(calls);
    expect(images).toEqual([photograph.base64, picture.base64]);
  });

  test('says nothing of what the first one thought, nor how it was sealed', async () => {
    await using talk = await pairOf(one, other);
    const messages = await begin(talk.first);
    expect(JSON.stringify(messages)).toContain(thoughtOf.first);
    await talk.second.answer(messages);
    expect(talk.second.raw).toContain('I read three.');
    expect(talk.second.raw).not.toContain(thoughtOf.first);
    expect(talk.second.raw).not.toMatch(/c2lnbmF0dXJl|c2VhbGVk|rs_1/);
  });

  test('goes back to the first one with its own thoughts and none of the second', async () => {
    await using talk = await pairOf(one, other);
    const later = answered(await talk.second.answer(await begin(talk.first)), contentOf);
    const last = await talk.second.answer(later);
    await talk.first.answer([...last, userMessage('Once more?')]);
    const calls = answeredCalls(talk.first.asked.steps);
    expect(calls).toMatchObject([...begun, { arguments: { path: 'c' }, answers: once('of c') }]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
    expect(talk.first.raw).toContain(thoughtOf.first);
    expect(talk.first.raw).not.toContain(thoughtOf.second);
  });

  test('keeps the thoughts of the second while it goes on', async () => {
    await using talk = await pairOf(one, other);
    const later = answered(await talk.second.answer(await begin(talk.first)), contentOf);
    await talk.second.answer(later);
    expect(talk.second.raw).toContain(thoughtOf.second);
    expect(talk.second.raw).not.toContain(thoughtOf.first);
    expect(answeredCalls(talk.second.asked.steps)).toHaveLength(5);
  });
});
