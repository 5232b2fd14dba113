import { type Message, userMessage } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { plainDialect } from '../../src/dialect.js';
import { ChatFormat } from '../../src/openai-compatible/chat-format.js';
import { type BodyContent, type Reader, RequestBody } from '../../src/service/request-body.js';

const reader: Reader = { ref: { provider: 'p', model: 'm' }, dialect: plainDialect, images: true };

const content = (messages: readonly Message[], more: Partial<BodyContent> = {}): BodyContent => ({
  parameters: { model: 'm', stream: true },
  instructions: 'Be brief.',
  adaptations: ['system_role'],
  tools: [{ name: 'read', description: 'Reads.', inputSchema: { type: 'object', properties: {} } }],
  messages,
  ...more,
});

const textOf = (body: RequestBody, request: BodyContent): string => Buffer.from(body.encode(request)).toString('utf8');
const afresh = (request: BodyContent): string => textOf(new RequestBody(new ChatFormat(reader)), request);

const step = (number: number, output: string): readonly Message[] => [
  {
    role: 'assistant',
    content: [{ type: 'tool_call', id: `call_${number}`, name: 'read', arguments: `{"path":"${number}"}` }],
    origin: reader.ref,
  },
  {
    role: 'tool',
    callId: `call_${number}`,
    toolName: 'read',
    status: 'ok',
    content: [{ type: 'text', text: output }],
  },
];

describe('a body that grows with the conversation', () => {
  test('is the same bytes as one made afresh, at every step', () => {
    const body = new RequestBody(new ChatFormat(reader));
    const messages: Message[] = [userMessage('go')];
    for (let number = 0; number < 60; number += 1) {
      expect(textOf(body, content(messages))).toBe(afresh(content(messages)));
      messages.push(...step(number, `né😀${'x'.repeat(number * 200)}`));
    }
  });

  test('follows every change: other history, other instructions, other parameters, other tools', () => {
    const body = new RequestBody(new ChatFormat(reader));
    const [first, second] = [step(1, 'one'), step(2, 'two')];
    const start = userMessage('go');
    const requests: readonly BodyContent[] = [
      content([start, ...first, ...second]),
      content([start, ...first]),
      content([start, ...step(1, 'pruned'), ...second]),
      content([start, ...first, ...second, userMessage('on')], { instructions: 'Be long.' }),
      content([start], { instructions: '' }),
      content([], { instructions: '' }),
      content([start, ...first], { parameters: { model: 'm', stream: true, temperature: 0.5 }, tools: [] }),
      content([start, ...first], { adaptations: [] }),
    ];
    for (const request of requests) expect(textOf(body, request)).toBe(afresh(request));
  });

  test('takes an answer that arrives later than the call it belongs to', () => {
    const body = new RequestBody(new ChatFormat(reader));
    const [call, answer] = step(1, 'done');
    const calls = [userMessage('go'), call].filter((message) => message !== undefined);
    expect(textOf(body, content(calls))).toContain('No result provided');
    const answered = [...calls, answer].filter((message) => message !== undefined);
    expect(textOf(body, content(answered))).toBe(afresh(content(answered)));
    expect(textOf(body, content(answered))).not.toContain('No result provided');
  });

  test('is JSON, whatever its messages hold', () => {
    const request = content([userMessage(`lone \uD800 surrogate, \\ud800 and "quotes"\u0000`)]);
    const { messages } = JSON.parse(afresh(request)) as { messages: readonly unknown[] };
    expect(messages[1]).toEqual({ role: 'user', content: 'lone \uFFFD surrogate, \\ud800 and "quotes"\u0000' });
  });

  test('costs what a step adds, not what came before it', () => {
    const body = new RequestBody(new ChatFormat(reader));
    const messages: Message[] = [userMessage('go')];
    for (let number = 0; number < 2000; number += 1) messages.push(...step(number, 'x'.repeat(2000)));
    const whole = timeOf(() => body.encode(content(messages)));
    const added = Array.from({ length: 20 }, (_, number) => {
      messages.push(...step(10_000 + number, 'x'.repeat(2000)));
      return timeOf(() => body.encode(content(messages)));
    });
    expect(Math.min(...added)).toBeLessThan(whole / 5);
  });

  test('knows the ids of its calls', () => {
    const body = new RequestBody(new ChatFormat(reader));
    body.encode(content([userMessage('go'), ...step(7, '')]));
    expect([body.hasCall('call_7'), body.hasCall('call_8')]).toEqual([true, false]);
  });
});

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
