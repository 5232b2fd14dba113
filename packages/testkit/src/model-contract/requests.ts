import { type ImagePart, type ModelTraits, userMessage } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { answeredCalls } from '../asked/steps.js';
import { type ContractOptions, type OpenExchange, plainRequest } from './exchange.js';

const image: ImagePart = { type: 'image', mediaType: 'image/png', base64: 'iVBORw0KGgo=' };

/** Of a model that nobody knows, it may be tried or left out. */
const whatMayArrive = ({ images }: ModelTraits) => (images ? [[image.base64]] : [[image.base64], []]);

/** What the person gives along reaches the service. */
export function describeRequests(exchange: OpenExchange, { sendsStop = true }: ContractOptions): void {
  test('the instructions and the words of the person arrive', async () => {
    await using talk = await exchange([{ text: 'Hello' }]);
    await talk.hear();
    const { steps } = talk.asked(0);
    expect(steps).toContainEqual({ type: 'words', role: 'user', text: 'hello' });
    expect(talk.server.turns[0]?.raw.toString()).toContain(plainRequest.instructions);
  });

  test('an image arrives at a model that is known to read images, and harms no other request', async () => {
    await using talk = await exchange([{ text: 'A cat.' }]);
    const { traits } = await talk.model();
    await talk.hear({
      request: { messages: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, image] }] },
    });
    expect(whatMayArrive(traits)).toContainEqual(talk.asked(0).images);
  });

  test('an image that a tool answers with arrives too, and its call is still answered once', async () => {
    await using talk = await exchange([
      { calls: [{ name: 'read', arguments: { path: 'cat.png' } }] },
      { text: 'A cat.' },
    ]);
    const { traits } = await talk.model();
    const { finished } = await talk.hear();
    const [call] = finished?.message.content.filter((part) => part.type === 'tool_call') ?? [];
    const answer = { role: 'tool', callId: call?.id ?? '', toolName: 'read', status: 'ok', content: [image] } as const;
    const messages = [userMessage('hello'), ...(finished === undefined ? [] : [finished.message]), answer];
    await talk.hear({ request: { messages } });
    const { images, steps } = talk.asked(1);
    expect(whatMayArrive(traits)).toContainEqual(images);
    expect(answeredCalls(steps)).toMatchObject([{ name: 'read', answers: [expect.any(String)] }]);
  });

  test(`texts that end the answer are ${sendsStop ? 'sent' : 'left out'}`, async () => {
    const stop = ['</call>', 'END'];
    await using talk = await exchange([{ text: 'Hello' }]);
    await talk.hear({ request: { sampling: { stop } } });
    expect(talk.asked(0).stop).toEqual(sendsStop ? stop : []);
  });
}
