import { expect, test } from 'vitest';
import { buildInstructions, type RunFacts } from '../src/index.js';

const facts: RunFacts = {
  workingDirectory: '/home/ada/engine',
  platform: 'Linux 6.1 x64',
  shell: 'bash 5.2',
  date: '2026-11-20',
  tree: ['src/', 'src/engine.ts', 'package.json'],
  git: { branch: 'main', changes: [' M src/engine.ts'] },
  programs: [
    { name: 'node', version: '20.19.0' },
    { name: 'python3', version: '3.11.2' },
  ],
  testCommands: [{ command: 'npm test', source: 'package.json' }],
  userInstructions: [],
  projectInstructions: [{ path: 'AGENTS.md', text: '# Engine\n\nUse tabs.\n' }],
};

const bare: RunFacts = { ...facts, tree: [], git: null, programs: [], testCommands: [] };

const methodOf = (text: string): string => text.slice(0, text.indexOf('# Facts'));

test('the fixed text stays under 4 kB, has the method and says how the calls of a turn run', () => {
  const method = methodOf(buildInstructions(facts));
  expect(Buffer.byteLength(method)).toBeLessThan(4_096);
  for (const word of ['Understand', 'Reproduce', 'Fix', 'Verify', 'Summarise', 'task_done'])
    expect(method).toContain(word);
  expect(method).toContain('Neighbouring calls that only read run together');
});

test('the text speaks of the task, not of this program', () => {
  const text = buildInstructions(facts).toLowerCase();
  for (const word of ['trae', '--', 'trajectory', 'provider']) expect(text).not.toContain(word);
});

test('every fact is told', () => {
  const text = buildInstructions(facts);
  for (const line of [
    '- Working directory: /home/ada/engine',
    '- Machine: Linux 6.1 x64; commands run in bash 5.2',
    '- Date: 2026-11-20',
    '- Programs: node 20.19.0, python3 3.11.2',
    '- Tests: `npm test` (package.json)',
    '- Git: on branch main, changed before the run began:\n     M src/engine.ts',
    '- Files, two levels deep:\n    src/\n    src/engine.ts\n    package.json',
    'From AGENTS.md. Where it and the task disagree, the task decides.\n\n# Engine\n\nUse tabs.\n',
  ])
    expect(text).toContain(line);
});

test('what is not there is told too', () => {
  const text = buildInstructions({ ...bare, projectInstructions: [] });
  expect(text).toContain('- Git: not a repository');
  expect(text).toContain('- Files: none yet');
  expect(text).toContain('- Programs: none were found');
  expect(text).toContain('- Tests: no manifest says how to run them');
  expect(text).toContain('The project has no AGENTS.md.');
  expect(buildInstructions({ ...bare, git: { branch: null, changes: [] } })).toContain(
    '- Git: no branch checked out, nothing changed',
  );
});

test('the same facts give the same bytes, and the method comes first whatever they are', () => {
  expect(buildInstructions(facts)).toBe(buildInstructions(structuredClone(facts)));
  expect(methodOf(buildInstructions(facts))).toBe(methodOf(buildInstructions(bare)));
});

test('long lists and long project instructions are cut, and that is said', () => {
  const tree = Array.from({ length: 5_000 }, (_, index) => `file-${index}`);
  const changes = tree.map((file) => `?? ${file}`);
  const text = buildInstructions({
    ...facts,
    tree,
    git: { branch: 'main', changes },
    projectInstructions: [{ path: '/AGENTS.md', text: 'rule\n'.repeat(100_000) }],
  });
  expect(text).toContain('… and 4840 more');
  expect(text).toContain('… and 4980 more');
  expect(text).toContain('[The rest is left out here; it is in /AGENTS.md.]');
  expect(text.length).toBeLessThan(50_000);
});

test('the instructions of the user come before those of the project, wherever they lie, each with where it is from', () => {
  const text = buildInstructions({
    ...facts,
    userInstructions: [{ path: '/home/ada/engine/notes/AGENTS.md', text: 'Be brief.\n' }],
    projectInstructions: [
      { path: 'AGENTS.md', text: 'Use tabs.\n' },
      { path: 'TRAE.md', text: 'Ask nobody.\n' },
    ],
  });
  expect(text.slice(text.indexOf('# What the user'))).toBe(`# What the user asks for in every project

From /home/ada/engine/notes/AGENTS.md. Where it and the task disagree, the task decides.

Be brief.

# What the project asks of those who work on it

From AGENTS.md. Where it and the task disagree, the task decides.

Use tabs.

From TRAE.md. Where it and the task disagree, the task decides.

Ask nobody.
`);
});

test('that a project asks for nothing is told, also where the user does', () => {
  const ofUser = { path: '/home/ada/.config/AGENTS.md', text: 'Be brief.' };
  const text = buildInstructions({ ...facts, userInstructions: [ofUser], projectInstructions: [] });
  expect(text).toMatch(/Be brief\.\n\nThe project has no AGENTS\.md\.\n$/);
  expect(text).not.toContain('# What the project');
});

test('another method can take the place of ours, and more can follow it; the facts stay', () => {
  const section = (text: string): string => text.slice(text.indexOf('# Facts'));
  const whole = buildInstructions(facts);
  const replaced = buildInstructions(facts, { systemPrompt: '\nYou sing.\n' });
  expect(replaced).toBe(`You sing.\n\n${section(whole)}`);
  expect(buildInstructions(facts, { appended: 'Sing.' })).toBe(`${methodOf(whole)}Sing.\n\n${section(whole)}`);
  expect(buildInstructions(facts, { systemPrompt: 'You sing.', appended: 'Loudly.' })).toBe(
    `You sing.\n\nLoudly.\n\n${section(whole)}`,
  );
  expect(buildInstructions(facts, { appended: ' ' })).toBe(whole);
});
