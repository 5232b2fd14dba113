import type { JsonObject, JsonValue } from '@trae-cli/protocol';
import { modelServer, type ModelAnswer } from '@trae-cli/testkit';

export const post = (
  url: string,
  body: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

/** What a server that says this answers at the path, and the type it gives it. */
export async function answered(path: string, answer: ModelAnswer, body: JsonObject = { stream: true }) {
  await using server = await modelServer([answer]);
  const response = await post(`${server.origin}${path}`, { model: 'm', ...body });
  return { type: response.headers.get('content-type'), text: await response.text() };
}

/** The data of server-sent events; throws where the name of an event is not the one in its data. */
export const eventsIn = (text: string): readonly JsonValue[] =>
  text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      const value = JSON.parse(data ?? '') as JsonValue;
      if (!JSON.stringify(value).startsWith(`{"type":"${name}"`)) throw new Error(`${name} is called ${data}`);
      return value;
    });

/** Everything an answer can have. */
export const fullAnswer: ModelAnswer = {
  reasoning: 'Let me think.',
  text: 'Reading it.',
  calls: [
    { name: 'read', arguments: { path: 'a.ts' }, id: 'call_a' },
    { name: 'ls', id: 'call_b' },
  ],
};
