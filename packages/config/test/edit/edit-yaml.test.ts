import { expect, test } from 'vitest';
import { change, difference, edited } from './edited.js';

const file = `# mine
default_provider:   groq   # for now
tools: [ bash,
         task_done ]  # both

model_providers:
    # fast
    groq:
        display_name: >-
            Groq at
            work

        headers: {X-Title: 'Mine',}
    # at home
    mine: &home
        base_url: "http://localhost:8000/v1" # here
        compatibility:
            omit:
            - stream_options
            # - tool_choice
            - top_k
    empty:   # nothing yet
    null_entry: ~
    # the end
max_steps: 7
`;

const at = (path: string): string => `model_providers/${path}`;

test.each([
  [
    'a value that is there',
    change('default_provider', 'mine'),
    ['default_provider:   mine   # for now'],
    ['default_provider:   groq   # for now'],
  ],
  [
    'a list of several lines',
    change('tools', ['bash']),
    ['tools: [bash]  # both'],
    ['tools: [ bash,', '         task_done ]  # both'],
  ],
  ['a key at the end', change('max_cost', 1.5), ['max_cost: 1.5'], []],
  ['a key behind a value in braces', change(at('groq/max_steps'), 5), ['        max_steps: 5'], []],
  [
    'a key in braces',
    change(at('groq/headers/X-Team'), 'a b'),
    [`        headers: {X-Title: 'Mine', X-Team: "a b",}`],
    [`        headers: {X-Title: 'Mine',}`],
  ],
  [
    'a folded text',
    change(at('groq/display_name'), 'Groq'),
    ['        display_name: Groq'],
    ['        display_name: >-', '            Groq at', '            work'],
  ],
  [
    'several levels at once',
    change(at('groq/models'), { 'openai/gpt-oss-120b': { tool_mode: 'prompted', price: { input: 0, output: 1 } } }),
    [
      '        models:',
      '            openai/gpt-oss-120b:',
      '                tool_mode: prompted',
      '                price:',
      '                    input: 0',
      '                    output: 1',
    ],
    [],
  ],
  [
    'a key below a list',
    change(at('mine/compatibility/set'), { stream: false }),
    ['            set:', '                stream: false'],
    [],
  ],
  [
    'a list of lines',
    change(at('mine/compatibility/omit'), ['top_k', 'yes']),
    ['            - top_k', '            - "yes"'],
    ['            - stream_options', '            # - tool_choice', '            - top_k'],
  ],
  [
    'an object of lines by a single value',
    change(at('mine/compatibility'), null),
    ['        compatibility: null'],
    [
      '        compatibility:',
      '            omit:',
      '            - stream_options',
      '            # - tool_choice',
      '            - top_k',
    ],
  ],
  ['an entry that says nothing', change(at('empty/max_steps'), 5), ['        max_steps: 5'], []],
  [
    'an entry that is null',
    change(at('null_entry/max_steps'), 5),
    ['    null_entry: {max_steps: 5}'],
    ['    null_entry: ~'],
  ],
  ['a new entry', change(at('new/model'), 'a:b'), ['    new:', '        model: "a:b"'], []],
])('nothing but its own lines is changed: %s', async (_case, made, come, gone) => {
  expect(difference(file, await edited('trae_config.yaml', file, made))).toEqual({ come, gone });
});

test.each([
  ['', 'a:\n  b: 1\n'],
  ['# only words', '# only words\na:\n  b: 1\n'],
  ['---\nc: 2\n...\n', '---\nc: 2\na:\n  b: 1\n...\n'],
  ['c: 2', 'c: 2\na:\n  b: 1'],
  ['{}', '{a: {b: 1}}'],
  ['a: {}\n', 'a: {b: 1}\n'],
  ['{c: 2 # two\n}\n', '{c: 2, a: {b: 1} # two\n}\n'],
  ['c: 2\r\nd:\r\n- x\r\n', 'c: 2\r\nd:\r\n- x\r\na:\r\n  b: 1\r\n'],
  ['c: |+\n  text\n\n', 'c: |+\n  text\n\na:\n  b: 1\n'],
  ['c: |\n  text', 'c: |\n  text\na:\n  b: 1'],
])('%j becomes %j', async (before, after) => {
  expect(await edited('trae_config.yaml', before, change('a/b', 1))).toBe(after);
});

test.each([
  'a:\n- x\n',
  '"a": "x" # text\n',
  'a: &x {c: 1}\nd: *x\n',
  'd: &x {c: 1}\na: *x\n',
  'a:\n  b: &x 2\nd: *x\n',
])('what others share is not changed, nor what is no object: %j', async (before) => {
  await expect(edited('trae_config.yaml', before, change('a/b', 1))).rejects.toThrow(/was left as it is, because /);
});

test('what an anchor brings is overridden in its own entry, and the anchor stays what it is', async () => {
  const before = 'base: &base\n  a: 1\nmine:\n  <<: *base\n  b: 2\n';
  expect(await edited('.traerc', before, change('mine/a', 5))).toBe(`${before}  a: 5\n`);
});

test('a file without an ending is edited as what it looks like', async () => {
  expect(await edited('.traerc', '{ "c": 2 }', change('a', 1))).toBe('{ "c": 2, "a": 1 }');
  expect(await edited('.traerc', 'c: 2\n', change('a', 1))).toBe('c: 2\na: 1\n');
});
