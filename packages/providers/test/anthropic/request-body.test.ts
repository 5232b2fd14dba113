import { type Message, userMessage } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { MessagesFormat } from '../../src/anthropic/messages-format.js';
import { plainDialects } from '../../src/plain-dialects.js';
import { type BodyContent, type Reader, RequestBody } from '../../src/service/request-body.js';
import { marksIn } from './messages-talk.js';

const reader: Reader = { ref: { provider: 'p', model: 'm' }, dialect: plainDialects.anthropic, images: true };

const content = (messages: readonly Message[], more: Partial<BodyContent> = {}): BodyContent => ({
  parameters: { model: 'm', max_tokens: 8192, stream: true },
  instructions: 'Be brief.',
  adaptations: [],
  tools: [{ name: 'read', description: 'Reads.', inputSchema: { type: 'object', properties: {} } }],
  messages,
  ...more,
});

const bodyOf = (): RequestBody => new RequestBody(new MessagesFormat(reader));
const textOf = (body: RequestBody, request: BodyContent): string => Buffer.from(body.encode(request)).toString('utf8');
const afresh = (request: BodyContent): string => textOf(bodyOf(), request);

const step = (number: number, output: string, calls = 1): readonly Message[] => {
  const ids = Array.from({ length: calls }, (_, call) => `call_${number}_${call}`);
  const made = ids.map((id) => ({ type: 'tool_call', id, name: 'read', arguments: `{"path":"${number}"}` }) as const);
  const thought = { type: 'reasoning', text: 'Hm', sealed: { signature: 'A' } } as const;
  return [
    { role: 'assistant', content: [thought, ...made], origin: reader.ref },
    ...ids.map((callId) => ({
      role: 'tool' as const,
      callId,
      toolName: 'read',
      status: 'ok' as const,
      content: [{ type: 'text' as const, text: output }],
    })),
  ];
};

describe('a body that grows with the conversation', () => {
  test('is the same bytes as one made afresh, at every step', () => {
    const body = bodyOf();
    const messages: Message[] = [userMessage('go')];
    for (let number = 0; number < 60; number += 1) {
      expect(textOf(body, content(messages))).toBe(afresh(content(messages)));
      messages.push(...step(number, `né😀${'x'.repeat(number * 200)}`));
    }
  });

  test('follows every change: other history, other tools, no marks, words behind the answers', () => {
    const body = bodyOf();
    const [first, second] = [step(1, 'one'), step(2, 'two')];
    const start = userMessage('go');
    const requests: readonly BodyContent[] = [
      content([start, ...first, ...second]),
      content([start, ...first]),
      content([start, ...first, userMessage('on')]),
      content([start, ...first, userMessage('on'), ...second]),
      content([start, ...step(1, 'pruned'), ...second]),
      content([start, ...first, ...second, userMessage('on')], { tools: [] }),
      content([start, ...first, ...second], { adaptations: ['no_cache_marks'] }),
      content([start], { instructions: '' }),
      content([start, ...first], { parameters: { model: 'm', max_tokens: 1 } }),
    ];
    for (const request of requests) expect(textOf(body, request)).toBe(afresh(request));
  });

  test('keeps all bytes before the last two turns as they were, marks included', () => {
    const body = bodyOf();
    const messages: Message[] = [userMessage('go'), ...step(0, 'x')];
    for (let number = 1; number < 20; number += 1) {
      const before = textOf(body, content(messages));
      const kept = before.lastIndexOf('{"role":"assistant"');
      messages.push(...step(number, 'x'));
      const after = textOf(body, content(messages));
      expect(after.slice(0, kept)).toBe(before.slice(0, kept));
      expect(marksIn(JSON.parse(after))).toBe(3);
    }
  });

  test('marks a long turn in its midst as well, since the service looks back only so far', () => {
    const { messages } = JSON.parse(afresh(content([userMessage('go'), ...step(1, 'x', 30)]))) as {
      messages: readonly { content: readonly { type: string; cache_control?: unknown }[] }[];
    };
    const blocks = messages.flatMap((message) => message.content);
    const places = blocks.flatMap(({ cache_control: mark }, index) => (mark === undefined ? [] : [index]));
    expect(places).toEqual([18, blocks.length - 1]);
    expect(afresh(content([userMessage('go'), ...step(1, 'x', 30)])).split('cache_control')).toHaveLength(5);
  });

  test('marks neither thoughts nor what goes back as it came', () => {
    const thought = {
      type: 'reasoning',
      text: '',
      sealed: { block: { type: 'redacted_thinking', data: 'x' } },
    } as const;
    const search = { type: 'reasoning', text: '', sealed: { block: { type: 'server_tool_use', id: 's' } } } as const;
    const paused: Message = {
      role: 'assistant',
      content: [{ type: 'text', text: 'Looking' }, thought, search],
      origin: reader.ref,
    };
    const body = afresh(content([userMessage('go'), paused]));
    expect(body).toContain('{"type":"text","text":"Looking","cache_control":{"type":"ephemeral"}}');
    expect(body).toContain('{"type":"redacted_thinking","data":"x"},{"type":"server_tool_use","id":"s"}]}]');
  });

  test('costs what a step adds, not what came before it', () => {
    const body = bodyOf();
    const messages: Message[] = [userMessage('go')];
    for (let number = 0; number < 2000; number += 1) messages.push(...step(number, 'x'.repeat(2000)));
    const whole = timeOf(() => body.encode(content(messages)));
    const added = Array.from({ length: 20 }, (_, number) => {
      messages.push(...step(10_000 + number, 'x'.repeat(2000)));
      return timeOf(() => body.encode(content(messages)));
    });
    expect(Math.min(...added)).toBeLessThan(whole / 5);
  });
});

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
