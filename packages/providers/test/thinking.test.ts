import type { JsonObject } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { conversation, type Heard } from './conversation.js';

const noticesOf = ({ events }: Heard): readonly string[] =>
  events.flatMap((event) => (event.type === 'noticed' && /effort/.test(event.message) ? [event.message] : []));

const fields = ['reasoning_effort', 'reasoning', 'thinking', 'enable_thinking'];

async function asked(entry: string, model: string, reasoningEffort?: string) {
  const settings = reasoningEffort === undefined ? {} : { reasoningEffort };
  await using talk = await conversation([{ text: 'Fine.' }], { entry, model, settings });
  const heard = await talk.hear();
  const body = Object.entries(talk.bodies[0] ?? {}).filter(([name]) => fields.includes(name));
  return { body: Object.fromEntries(body), notices: noticesOf(heard), error: heard.error };
}

/** The last is what is told; nothing where the effort is sent as it was asked for. */
type Row = readonly [entry: string, model: string, effort: string, body: JsonObject, notice?: RegExp];

const enabled = { type: 'enabled' };
const rows: readonly Row[] = [
  ['openai', 'gpt-5', 'minimal', { reasoning: { effort: 'minimal', summary: 'auto' } }],
  ['openai', 'gpt-5', 'none', { reasoning: { effort: 'minimal', summary: 'auto' } }, /none becomes minimal/],
  ['openai', 'o4-mini', 'max', { reasoning: { effort: 'high', summary: 'auto' } }, /max becomes high: o4-mini/],
  ['openai', 'gpt-6-sol', 'high', { reasoning: { effort: 'high', summary: 'auto' } }],
  ['openai', 'gpt-6-sol', 'none', { reasoning: { effort: 'none' } }],
  ['openai', 'gpt-4.1', 'high', {}, /high is not sent: gpt-4\.1 does not take it/],
  ['openrouter', 'anthropic/claude-sonnet-5.5', 'high', { reasoning: { effort: 'high' } }],
  ['openrouter', 'openai/gpt-6-sol', 'none', { reasoning: { effort: 'none' } }],
  ['openrouter', 'openai/gpt-6-sol', 'max', { reasoning: { effort: 'xhigh' } }, /max becomes xhigh/],
  ['together', 'zai-org/GLM-5.3', 'none', { reasoning: { enabled: false } }],
  ['together', 'zai-org/GLM-5.3', 'low', { reasoning: { enabled: true } }, /low turns thinking on/],
  ['together', 'openai/gpt-oss-120b', 'high', { reasoning_effort: 'high' }],
  ['together', 'mistralai/Mixtral-8x7B-Instruct-v0.1', 'high', {}, /high is not sent/],
  ['groq', 'openai/gpt-oss-120b', 'medium', { reasoning_effort: 'medium' }],
  ['groq', 'openai/gpt-oss-120b', 'none', { reasoning_effort: 'low' }, /none becomes low/],
  ['groq', 'qwen/qwen3.6-27b', 'high', { reasoning_effort: 'default' }, /turns thinking on/],
  ['deepseek', 'deepseek-flash', 'none', { thinking: { type: 'disabled' } }],
  ['deepseek', 'deepseek-flash', 'high', { thinking: enabled, reasoning_effort: 'high' }],
  ['deepseek', 'deepseek-flash', 'minimal', { thinking: enabled, reasoning_effort: 'low' }, /minimal becomes low/],
  ['deepseek', 'deepseek-flash', 'medium', { thinking: enabled, reasoning_effort: 'high' }, /medium becomes high/],
  ['deepseek', 'deepseek-flash', 'xhigh', { thinking: enabled, reasoning_effort: 'high' }, /xhigh becomes high/],
  ['deepseek', 'deepseek-v4-pro', 'low', { thinking: enabled, reasoning_effort: 'high' }, /low becomes high/],
  ['alibaba', 'qwen-plus', 'none', { enable_thinking: false }],
  ['alibaba', 'qwen-plus', 'medium', { enable_thinking: true }, /turns thinking on/],
  ['alibaba', 'qwen3.8-max', 'high', { enable_thinking: true, reasoning_effort: 'high' }],
  ['alibaba', 'qwen3-coder-plus', 'high', {}, /high is not sent/],
  ['novita', 'deepseek/deepseek-v4-flash', 'none', { enable_thinking: false }],
  ['google', 'gemini-3.8-flash', 'minimal', { reasoning_effort: 'minimal' }],
  ['google', 'gemini-3.8-flash', 'none', { reasoning_effort: 'minimal' }, /none becomes minimal/],
  ['google', 'gemini-2.5-flash', 'none', { reasoning_effort: 'none' }],
  ['azure', 'my-deployment', 'high', { reasoning_effort: 'high' }],
  ['doubao', 'doubao-seed-2.1-pro', 'low', { thinking: enabled, reasoning_effort: 'low' }],
  ['doubao', 'ep-20261101', 'low', { thinking: enabled }, /turns thinking on/],
  ['doubao', 'ep-20261101', 'none', { thinking: { type: 'disabled' } }],
  ['openai_compatible', 'm', 'xhigh', { reasoning_effort: 'xhigh' }],
  ['openai_compatible', 'm', ' High ', { reasoning_effort: 'high' }],
];

describe('§4.9: a reasoning effort is asked for in the words of the vendor, and what becomes of it is told', () => {
  test.each(rows.map(([entry, model, effort, body, notice]) => ({ entry, model, effort, body, notice })))(
    '$entry, $model, $effort',
    async ({ entry, model, effort, body, notice }) => {
      const { body: sent, notices, error } = await asked(entry, model, effort);
      expect({ sent, error }).toEqual({ sent: body, error: undefined });
      expect(notices).toHaveLength(notice === undefined ? 0 : 1);
      expect(notices.join('')).toMatch(notice ?? '');
    },
  );
});

test.each(['deepseek', 'together', 'alibaba', 'google', 'openai_compatible'])(
  'nothing is said of reasoning to %s where nobody asks',
  async (entry) => {
    expect(await asked(entry, 'some-model')).toEqual({ body: {}, notices: [], error: undefined });
  },
);

test('an effort that nobody knows is refused before anything is sent, with the nearest', async () => {
  await expect(conversation([], { settings: { reasoningEffort: 'hihg' } })).rejects.toMatchObject({
    code: 'config_invalid',
    message: 'There is no reasoning effort "hihg". Did you mean high?',
    hint: 'Choose one of none, minimal, low, medium, high, xhigh, max.',
  });
});

test('an effort that the server refuses is left out, told, and not sent again', async () => {
  const refusal = { status: 400, json: { error: { message: 'Unsupported parameter: reasoning_effort' } } };
  await using talk = await conversation([refusal, { text: 'a' }, { text: 'b' }], {
    entry: 'openai_compatible',
    settings: { reasoningEffort: 'high' },
  });
  expect(noticesOf(await talk.hear())).toEqual(['reasoning_effort is left out: the service does not accept it.']);
  await talk.hear();
  expect(talk.bodies.map((body) => body['reasoning_effort'])).toEqual(['high', undefined, undefined]);
});
