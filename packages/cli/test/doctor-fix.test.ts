import { isJsonObject } from '@trae-cli/protocol';
import { modelServer, type Respond } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { type Person, person } from './cli.js';
import { capable, obedient, unless } from './doctor-server.js';

const own = '.config/trae-cli/trae_config.json';

const picky = unless((body) =>
  'temperature' in body ? "Unsupported parameter: 'temperature' is not supported with this model." : undefined,
);

const toolless: Respond = (request) =>
  isJsonObject(request.body) && 'tools' in request.body
    ? { status: 400, json: { error: { message: 'scripted does not support tools' } } }
    : obedient(request);

/** Never calls, unless its instructions show it how. */
const shy: Respond = (request) =>
  isJsonObject(request.body) && 'tools' in request.body ? { text: 'I cannot do that.' } : obedient(request);

const configOf = (url: string, more = '') =>
  `{\n  // mine\n  "model_providers": {\n    "mine": {"base_url": "${url}", "model": "scripted", "temperature": 0.5${more}}\n  }\n}\n`;

const fixed = (me: Person) => me.run(['doctor', 'mine', '--fix']);

describe('doctor --fix', () => {
  test('writes a refused parameter where the entry is, keeps comments, and finds it remembered', async () => {
    await using me = await person();
    await using server = await modelServer(picky, { models: ['scripted'] });
    await me.home.write({ [own]: configOf(server.url) });
    const { exitCode, stdout } = await fixed(me);
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(
      /^Changed .*trae_config\.json:\n {2}model_providers\.mine\.models\.scripted\.compatibility\.omit: \["temperature"\]$/m,
    );
    const text = await me.home.read(own);
    expect(text).toContain('// mine');
    expect(text).toMatch(/"omit": \[\s*"temperature"\s*\]/);
    const before = server.turns.length;
    const again = await fixed(me);
    expect(again.stdout).toContain('Nothing had to be written');
    expect(server.turns.slice(before).some(({ body }) => isJsonObject(body) && 'temperature' in body)).toBe(false);
    expect(await me.home.read(own)).toBe(text);
  });

  test.each([
    ['refuses tools', toolless],
    ['never calls natively', shy],
  ])('writes tool_mode for a model that %s and writes calls when it is shown how', async (_, respond) => {
    await using me = await person();
    await using server = await modelServer(respond, { models: ['scripted'] });
    await me.home.write({ [own]: configOf(server.url) });
    const { exitCode, stdout } = await fixed(me);
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/^warning +tool calls +one call at a time, written into the text \(prompted\)/m);
    expect(stdout).toContain('  model_providers.mine.models.scripted.tool_mode: "prompted"');
    const again = await fixed(me);
    expect(again.stdout).toMatch(/^ok +tool calls +one call at a time, written into the text \(prompted\)/m);
    expect(again.stdout).toContain('Nothing had to be written');
  });

  test('writes the window that the service lists and a run would not ask for', async () => {
    await using me = await person();
    const listing = { json: { data: [{ id: 'scripted', max_model_len: 40_960 }] } };
    await using server = await modelServer((request) => (request.method === 'GET' ? listing : capable(request)));
    await me.home.write({ [own]: configOf(server.url) });
    expect((await fixed(me)).stdout).toContain('models.scripted.context_window: 40960');
    expect((await fixed(me)).stdout).toMatch(/^ok +window +40,960 tokens, from /m);
  });

  test('makes a file of the person where there is none, and says where', async () => {
    await using me = await person();
    await using server = await modelServer(toolless, { models: ['scripted'] });
    const flags = ['--model-base-url', server.url, '-m', 'scripted', '--fix'];
    const { stdout } = await me.run(['doctor', ...flags]);
    expect(stdout).toMatch(/^Created .*\.config\/trae-cli\/trae_config\.yaml:$/m);
    expect(await me.home.read('.config/trae-cli/trae_config.yaml')).toContain('tool_mode: prompted');
    expect((await me.run(['doctor', ...flags])).stdout).toContain('Nothing had to be written');
  });

  test('never writes into a file of the project that nobody trusts', async () => {
    await using server = await modelServer(toolless, { models: ['scripted'] });
    const text = configOf(server.url);
    await using me = await person({ 'trae_config.json': text });
    const { stdout } = await fixed(me);
    expect(stdout).toMatch(/^Created .*\.config\/trae-cli\/trae_config\.yaml:$/m);
    expect(await me.workspace.read('trae_config.json')).toBe(text);
    const trusted = await me.run(['doctor', 'mine', '--fix', '--trust', '--model', 'another']);
    expect(trusted.stdout).toMatch(/^Changed .*trae_config\.json:$/m);
  });

  test('says what it would write, where it is not asked to', async () => {
    await using me = await person();
    await using server = await modelServer(picky, { models: ['scripted'] });
    await me.home.write({ [own]: configOf(server.url) });
    const { exitCode, stdout } = await me.run(['doctor', 'mine']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /`trae-cli doctor --fix` writes it down:\n {2}model_providers\.mine\.models\.scripted\.compat/,
    );
    expect(await me.home.read(own)).toBe(configOf(server.url));
  });
});
