import { writeFile } from 'node:fs/promises';
import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { at, done, person } from './cli.js';

const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
const seeing = (url: string) =>
  JSON.stringify({ model_providers: { house: { base_url: url, model: 'm', multimodal: true } } });

describe('an image that the task names', () => {
  test('goes to a model that reads images, and that is said', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await person({ 'c.json': seeing(server.url) });
    await writeFile(me.workspace.path('a b.png'), png);
    const { stderr } = await me.run(['run', "What is in 'a b.png'?", '--config-file', 'c.json']);
    expect(stderr).toContain('Note: a b.png is shown to the model.');
    expect(JSON.stringify(server.turns[0]?.body)).toContain(`data:image/png;base64,${png.toString('base64')}`);
  });

  test('stays a name for a model that does not, and that is said too', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await person({ 'a.png': 'x' });
    const { exitCode, stderr } = await me.run(['run', 'What is in a.png?', ...at(server)]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Note: a.png is not shown: scripted is not known to read images.');
  });
});

test.each([
  ['empty.png', 'The image empty.png is empty.'],
  ['text.png', 'The image text.png is not a PNG, JPEG, GIF or WebP image.'],
  ['gone.png', 'The image gone.png cannot be read: there is no such file or directory.'],
  ['.', 'The image . is not a file.'],
])('--image %s is refused before anything is asked', async (name, sentence) => {
  await using server = await modelServer([]);
  await using me = await person({ 'empty.png': '', 'text.png': 'hello', 'c.json': seeing(server.url) });
  const { exitCode, stderr } = await me.run(['run', 'x', '--image', name, '--config-file', 'c.json']);
  expect({ exitCode, turns: server.turns }).toEqual({ exitCode: 2, turns: [] });
  expect(stderr).toContain(sentence);
});

test('--image is refused for a model that is not known to read images', async () => {
  await using server = await modelServer([]);
  await using me = await person({ 'a.png': 'x' });
  const { exitCode, stderr } = await me.run(['run', 'x', '--image', 'a.png', ...at(server)]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('scripted of openai_compatible is not known to read images, and --image was given.');
});
