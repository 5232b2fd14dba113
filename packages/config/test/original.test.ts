import { expect, test } from 'vitest';
import { failureOf, load } from './load.js';

/** As the example that the original ships. */
const example = `agents:
    trae_agent:
        enable_lakeview: true
        model: trae_agent_model
        max_steps: 200
        tools:
            - bash
            - str_replace_based_edit_tool
            - sequentialthinking
            - task_done
allow_mcp_servers:
    - playwright
mcp_servers:
    playwright:
        command: npx
        args:
            - "@playwright/mcp@0.0.27"
lakeview:
    model: lakeview_model

model_providers:
    anthropic:
        api_key: your_anthropic_api_key
        provider: anthropic
    siliconflow:
        api_key: your_siliconflow_api_key
        model: deepseek-ai/DeepSeek-V3
        base_url: https://api.siliconflow.cn/v1
        max_tokens: 8192
        top_k: 0
        parallel_tool_calls: false

models:
    trae_agent_model:
        model_provider: anthropic
        model: claude-4-sonnet
        max_tokens: 4096
        temperature: 0.5
        top_p: 1
        top_k: 0
        max_retries: 10
        parallel_tool_calls: true
    lakeview_model:
        model_provider: anthropic
        model: claude-3.5-sonnet
`;

const loadYaml = (text: string) => load({ project: { 'trae_config.yaml': text } });

test("the original's example works as it is, and every value keeps the line it was written in", async () => {
  const config = await loadYaml(example);
  const leaves = config.leaves.map(({ key, value, source }) => [key, value, source.kind === 'file' ? source.line : 0]);
  expect(leaves).toEqual([
    ['default_provider', 'anthropic', 35],
    ['max_steps', 200, 5],
    ['tools', ['bash', 'str_replace_based_edit_tool', 'sequentialthinking', 'task_done'], 6],
    ['model_providers.anthropic.provider', 'anthropic', 24],
    ['model_providers.anthropic.model', 'claude-4-sonnet', 36],
    ['model_providers.anthropic.max_tokens', 4096, 37],
    ['model_providers.anthropic.temperature', 0.5, 38],
    ['model_providers.anthropic.top_p', 1, 39],
    ['model_providers.anthropic.parallel_tool_calls', true, 42],
    ['model_providers.anthropic.max_retries', 10, 41],
    ['model_providers.siliconflow.base_url', 'https://api.siliconflow.cn/v1', 28],
    ['model_providers.siliconflow.model', 'deepseek-ai/DeepSeek-V3', 27],
    ['model_providers.siliconflow.max_tokens', 8192, 29],
    ['model_providers.siliconflow.parallel_tool_calls', false, 31],
  ]);
  expect(config.findings.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
    'not_built allow_mcp_servers',
    'not_built mcp_servers',
    'not_built agents.trae_agent.enable_lakeview',
    'placeholder model_providers.anthropic.api_key',
    'placeholder model_providers.siliconflow.api_key',
  ]);
});

test('the same form in JSON means the same', async () => {
  const content = {
    agents: { trae_agent: { model: 'main', max_steps: 5 } },
    models: { main: { model_provider: 'groq', model: 'big' } },
    model_providers: { groq: { api_key: 'gsk_0123456789abcdef01', provider: 'groq' } },
  };
  const config = await load({ project: { 'trae_config.json': content } });
  expect([config.general.defaultProvider?.value, config.general.maxSteps?.value]).toEqual(['groq', 5]);
  expect(config.provider('groq', [])).toMatchObject({
    model: { value: 'big', source: { line: 11 } },
    vendor: { value: 'groq' },
  });
});

test("the original's older JSON means what it says", async () => {
  const content = {
    default_provider: 'openrouter',
    max_steps: 20,
    enable_lakeview: true,
    model_providers: { openrouter: { api_key: 'your_openrouter_api_key', model: 'openai/gpt-4o', top_k: 0 } },
    lakeview_config: { model_provider: null, model_name: null },
  };
  const config = await load({ project: { 'trae_config.json': content } });
  expect([config.general.defaultProvider?.value, config.general.maxSteps?.value]).toEqual(['openrouter', 20]);
  expect(config.provider('openrouter', []).model?.value).toBe('openai/gpt-4o');
  expect(config.findings.map(({ kind }) => kind)).toEqual(['not_built', 'placeholder']);
});

test('a single model needs no agent to name it', async () => {
  const config = await loadYaml('model_providers: {groq: {}}\nmodels: {only: {model_provider: groq, model: big}}\n');
  expect([config.general.defaultProvider?.value, config.provider('groq', []).model?.value]).toEqual(['groq', 'big']);
});

const edited = (from: string, to: string): string => example.replace(from, to);

test.each([
  [
    edited('model: trae_agent_model', 'model: trae_agnet_model'),
    '"agents.trae_agent.model" (trae_config.yaml:4) names "trae_agnet_model", which is not in "models": did you mean "trae_agent_model"?',
  ],
  [
    edited('model: trae_agent_model', 'model: something_else'),
    'which is not in "models", which has "trae_agent_model", "lakeview_model".',
  ],
  [
    edited('model_provider: anthropic\n        model: claude-4', 'model_provider: antropic\n        model: claude-4'),
    '"models.trae_agent_model.model_provider" (trae_config.yaml:35) names "antropic", which is not in "model_providers": did you mean "anthropic"?',
  ],
  [
    edited('        model_provider: anthropic\n        model: claude-4', '        model: claude-4'),
    '"models.trae_agent_model" (trae_config.yaml:34) has no "model_provider".',
  ],
  [
    edited('    trae_agent:\n', '    my_agent:\n'),
    '"agents.my_agent" (trae_config.yaml:2) is not run: the agent is called "trae_agent" here.',
  ],
  [
    edited('model: trae_agent_model', 'model: [a]'),
    '"agents.trae_agent.model" (trae_config.yaml:4) must be a name in "models".',
  ],
  [edited('        model: trae_agent_model\n', ''), 'has several entries, and there is no "agents.trae_agent.model"'],
  [
    edited('max_tokens: 4096', 'max_tokens: "4096"'),
    '"models.trae_agent_model.max_tokens" must be a whole number, 1 or more; trae_config.yaml:37 says "4096": leave the quotes out.',
  ],
  [
    edited('max_steps: 200', 'max_steps: many'),
    '"agents.trae_agent.max_steps" must be a whole number, 1 or more; trae_config.yaml:5 says "many".',
  ],
  [
    `${example}default_provider: groq\n`,
    '"agents" (trae_config.yaml:1) and "default_provider" (trae_config.yaml:46) belong to two different forms of this file: keep to one of them.',
  ],
  ['agents: []\n', '"agents" (trae_config.yaml:1) must be an object that has "trae_agent".'],
  ['models: {}\nmax_steps: 3\n', '"models" (trae_config.yaml:1) and "max_steps" (trae_config.yaml:2) belong to two'],
])('what leads nowhere is refused with its line (%#)', async (text, words) => {
  const error = await failureOf(() => loadYaml(text));
  expect([error.code, error.message]).toEqual(['config_invalid', expect.stringContaining(words)]);
});

test.each([
  [
    '        max_steps: 200',
    '        max_step: 200',
    '"agents.trae_agent.max_step" (trae_config.yaml:5) is not a known key here, and has no effect: did you mean "max_steps"?',
  ],
  ['        max_steps: 200', '        temperature: 1', 'it belongs in the entry of "models" that the agent names.'],
  [
    '        max_tokens: 4096',
    '        max_token: 4096',
    '"models.trae_agent_model.max_token" (trae_config.yaml:37) is not a known key here',
  ],
  [
    '        max_tokens: 4096',
    '        candidate_count: 1',
    '"models.trae_agent_model.candidate_count" (trae_config.yaml:37) has no effect',
  ],
  [
    '    lakeview_model:\n        model_provider',
    '    spare_model:\n        model_provider',
    '"models.spare_model" (trae_config.yaml:43) has no effect: the agent uses "trae_agent_model".',
  ],
  [
    'allow_mcp_servers:',
    '    other_agent: {}\nallow_mcp_servers:',
    '"agents.other_agent" (trae_config.yaml:11) has no effect: "trae_agent" is the agent that is run.',
  ],
])('what has no effect in that form is told under the key it has there (%#)', async (from, to, words) => {
  const { findings } = await loadYaml(edited(from, to));
  expect(findings.map(({ message }) => message)).toContainEqual(expect.stringContaining(words));
});
