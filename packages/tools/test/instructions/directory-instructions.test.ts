import { mkdir, symlink } from 'node:fs/promises';
import { type JsonObject, Secret } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { builtinTools, withDirectoryInstructions } from '../../src/index.js';
import { never, textOfResult, toolbox, type Toolbox } from '../toolbox.js';

type Call = (name: string, input: JsonObject) => Promise<string>;

/** Calls the tools of one run. */
function instructed({ workspace }: Toolbox): Call {
  const tools = withDirectoryInstructions(builtinTools(workspace), workspace);
  return async (name, input) => {
    const tool = tools.find(({ spec }) => spec.name === name);
    if (tool === undefined) throw new Error(`There is no tool ${name}.`);
    return textOfResult(await tool.invoke(JSON.stringify(input), { signal: never, report: () => undefined }));
  };
}

const view = (call: Call, path: string): Promise<string> =>
  call('str_replace_based_edit_tool', { command: 'view', path });

const asks = (name: string, text: string): string => `\n\n[${name} asks those who work in this directory:]\n${text}`;

const files = {
  'AGENTS.md': 'root rules',
  'top.txt': 'top\n',
  'packages/CLAUDE.md': 'package rules\n',
  'packages/api/AGENTS.md': 'api rules\n',
  'packages/api/TRAE.md': 'for you\n',
  'packages/api/src/a.txt': 'a\n',
  'packages/api/src/b.json': '{"b": 1}',
  'packages/web/c.txt': 'c\n',
};

test('the first touch of a directory tells what it and those above it ask for, once', async () => {
  await using box = await toolbox({ files });
  const call = instructed(box);
  expect(await view(call, 'top.txt')).toBe('     1\ttop');
  expect(await view(call, 'packages/web/c.txt')).toBe(`     1\tc${asks('packages/CLAUDE.md', 'package rules')}`);
  expect(
    await call('json_edit_tool', {
      operation: 'set',
      file_path: 'packages/api/src/b.json',
      json_path: '$.b',
      value: 2,
    }),
  ).toBe(
    `Changed packages/api/src/b.json:\n     1\t{"b": 2}${asks('packages/api/AGENTS.md', 'api rules')}${asks('packages/api/TRAE.md', 'for you')}`,
  );
  expect(await view(call, 'packages/api/src/a.txt')).toBe('     1\ta');
});

test('a new file counts, a directory, a failure, a command and a file elsewhere do not', async () => {
  await using outside = await tempWorkspace({ 'sub/AGENTS.md': 'not ours', 'sub/x.txt': 'x\n' });
  await using box = await toolbox({ files, allowedPaths: [outside.root] });
  const call = instructed(box);
  for (const answer of [
    await view(call, 'packages/api'),
    await view(call, 'packages/api/none.txt'),
    await view(call, outside.path('sub/x.txt')),
    await call('bash', { command: 'cat packages/api/src/a.txt' }),
    await call('str_replace_based_edit_tool', { command: 'str_replace', path: 'packages/api/src/a.txt', old_str: 'z' }),
  ])
    expect(answer).not.toContain('asks those');
  const made = await call('str_replace_based_edit_tool', { command: 'create', path: 'packages/n.txt', file_text: '' });
  expect(made).toContain(asks('packages/CLAUDE.md', 'package rules'));
});

test('calls that run at the same time are told between them once', async () => {
  await using box = await toolbox({ files });
  const call = instructed(box);
  const answers = await Promise.all(Array.from({ length: 20 }, () => view(call, 'packages/api/src/a.txt')));
  for (const text of ['package rules', 'api rules', 'for you'])
    expect(answers.filter((answer) => answer.includes(text))).toHaveLength(1);
});

test('every run is told for itself', async () => {
  await using box = await toolbox({ files });
  for (const call of [instructed(box), instructed(box)])
    expect(await view(call, 'packages/web/c.txt')).toContain('package rules');
});

test('a link is followed to where the file is, and never to instructions outside', async () => {
  await using outside = await tempWorkspace({ key: 'PRIVATE KEY' });
  await using box = await toolbox({ files });
  await mkdir(box.files.path('alias'));
  await symlink('../packages/web/c.txt', box.files.path('alias/c.txt'));
  await symlink(outside.path('key'), box.files.path('packages/web/AGENTS.md'));
  const answer = await view(instructed(box), 'alias/c.txt');
  expect(answer).toBe(`     1\tc${asks('packages/CLAUDE.md', 'package rules')}`);
});

test('what one answer grows by is bounded, and names what it leaves out', async () => {
  const deep = Array.from({ length: 30 }, (_, index) => `d${index}`);
  const rules = deep.map((_, index) => [`${deep.slice(0, index + 1).join('/')}/AGENTS.md`, 'rule\n'.repeat(4_000)]);
  const file = `${deep.join('/')}/x.txt`;
  await using box = await toolbox({ files: { ...Object.fromEntries(rules), [file]: 'x\n' } });
  const answer = await view(instructed(box), file);
  expect(answer.length).toBeLessThan(50_000);
  expect(answer).toContain('[d0/AGENTS.md asks those who work in this directory:]\nrule\n');
  expect(answer).toContain('[d0/d1/d2/AGENTS.md asks something of those who work in this directory. Read it.]');
});

test('no secret is told', async () => {
  const key = 'sk-canary-0123456789';
  const rules = { 'sub/AGENTS.md': `Use ${key}.`, 'sub/x.txt': 'x\n' };
  await using box = await toolbox({ files: rules, secrets: [new Secret(key, 'SOME_KEY')] });
  expect(await view(instructed(box), 'sub/x.txt')).toBe(
    `     1\tx${asks('sub/AGENTS.md', 'Use [redacted: SOME_KEY].')}`,
  );
});

test('specs and effects are those of the tools', async () => {
  await using box = await toolbox();
  const tools = builtinTools(box.workspace);
  const wrapped = withDirectoryInstructions(tools, box.workspace);
  expect(wrapped.map(({ spec }) => spec)).toEqual(tools.map(({ spec }) => spec));
  const raw = '{"command":"view","path":"x"}';
  expect(wrapped.map((tool) => tool.effectOf(raw))).toEqual(tools.map((tool) => tool.effectOf(raw)));
});
