import { symlink } from 'node:fs/promises';
import { modelServer, type RecordedRequest } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { at, done, edit, person } from './cli.js';

const sent = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string().nullish() })) });

const messagesOf = (request: RecordedRequest | undefined) => sent.parse(request?.body).messages;

const systemPromptOf = (request: RecordedRequest | undefined): string => messagesOf(request)[0]?.content ?? '';

describe('the model is told what is asked for', () => {
  test("in the person's own folder, then in the workspace, each said from where", async () => {
    await using server = await modelServer(() => done('ok'));
    await using me = await person({ 'AGENTS.md': 'Run make check.\n', 'TRAE.md': 'Speak plainly.\n' });
    await me.home.write({ '.config/trae-cli/AGENTS.md': 'I like tabs.\n' });
    await me.run(['run', 'x', ...at(server)]);
    const prompt = systemPromptOf(server.requests[0]);
    const places = ['I like tabs.', 'Run make check.', 'Speak plainly.'].map((words) => prompt.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(prompt).toContain('.config/trae-cli/AGENTS.md');
  });

  test('in CLAUDE.md, where there is no AGENTS.md', async () => {
    await using server = await modelServer(() => done('ok'));
    await using me = await person({ 'CLAUDE.md': 'Use pnpm.\n' });
    await me.run(['run', 'x', ...at(server)]);
    expect(systemPromptOf(server.requests[0])).toContain('Use pnpm.');
  });

  test('in the folders down to a file, with the first answer that touches it, and once', async () => {
    const view = { calls: [edit({ command: 'view', path: 'packages/api/src/index.ts' })] };
    await using server = await modelServer([view, view, done('ok')]);
    await using me = await person({
      'packages/api/AGENTS.md': 'The API is frozen.\n',
      'packages/web/AGENTS.md': 'Not this one.\n',
      'packages/api/src/index.ts': 'export {};\n',
    });
    await me.run(['run', 'x', ...at(server)]);
    const answers = messagesOf(server.requests[2]).filter(({ role }) => role === 'tool');
    expect(answers.map(({ content }) => content?.includes('The API is frozen.'))).toEqual([true, false]);
    expect(JSON.stringify(server.requests[2]?.body)).not.toContain('Not this one.');
  });

  test('but not by a link out of the workspace', async () => {
    await using server = await modelServer(() => done('ok'));
    await using me = await person();
    await me.home.write({ '.ssh/id_ed25519': 'a private thing\n' });
    await symlink(me.home.path('.ssh', 'id_ed25519'), me.workspace.path('AGENTS.md'));
    await me.run(['run', 'x', ...at(server)]);
    expect(systemPromptOf(server.requests[0])).not.toContain('a private thing');
  });
});

describe('the system prompt', () => {
  test('is replaced by a file and added to by a flag; facts stay', async () => {
    await using server = await modelServer(() => done('ok'));
    await using me = await person({ 'prompt.md': 'You are a pirate.\n' });
    const flags = ['--system-prompt-file', 'prompt.md', '--append-system-prompt', 'Say arr.'];
    await me.run(['run', 'x', ...flags, ...at(server)]);
    const prompt = systemPromptOf(server.requests[0]);
    expect(prompt).toMatch(/^You are a pirate\.\n\nSay arr\.\n\n# Facts/);
    expect(prompt).toContain(me.workspace.root);
    expect(prompt).not.toContain('You are a software engineer');
  });

  test.each([
    ['is not there', 'nowhere.md', 'cannot be read'],
    ['is empty', 'empty.md', 'is empty'],
    ['is no text', 'binary.md', 'is not text'],
  ])('from a file that %s is an error that names it', async (_name, path, says) => {
    await using server = await modelServer(() => done('ok'));
    await using me = await person({ 'empty.md': ' \n', 'binary.md': new Uint8Array([0, 1, 2]) });
    const { exitCode, stderr } = await me.run(['run', 'x', '--system-prompt-file', path, ...at(server)]);
    expect([exitCode, server.requests.length]).toEqual([2, 0]);
    expect(stderr).toContain(`The system prompt ${path} ${says}`);
    expect(stderr).toContain('--system-prompt-file');
  });
});
