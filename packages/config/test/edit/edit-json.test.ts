import { expect, test } from 'vitest';
import { change, difference, edited } from './edited.js';

const file = `{
  // who answers
  "default_provider": "groq", /* for now */
  "tools": ["bash",   "task_done"],   // as they were typed
  "model_providers": {
    "groq": { "model": "openai/gpt-oss-120b", "headers": {"X-Title":"Mine"} },
    "mine": {
      "base_url": "http://localhost:8000/v1", // at home
      "context_window": { "input" : 1000 } // small
    },
  }
}
`;

const groq = 'model_providers/groq';
const mine = 'model_providers/mine';

test.each([
  [
    'a value that is there',
    change('default_provider', 'mine'),
    ['  "default_provider": "mine", /* for now */'],
    ['  "default_provider": "groq", /* for now */'],
  ],
  [
    'a key behind one that has a comment',
    change(`${mine}/compatibility`, { omit: ['stream_options'] }),
    [
      '      "context_window": { "input" : 1000 }, // small',
      '      "compatibility": {',
      '        "omit": ["stream_options"]',
      '      }',
    ],
    ['      "context_window": { "input" : 1000 } // small'],
  ],
  [
    'a key in an object on one line',
    change(`${groq}/compatibility/omit`, ['a', 'b']),
    [
      '    "groq": { "model": "openai/gpt-oss-120b", "headers": {"X-Title":"Mine"}, "compatibility": { "omit": ["a", "b"] } },',
    ],
    ['    "groq": { "model": "openai/gpt-oss-120b", "headers": {"X-Title":"Mine"} },'],
  ],
  [
    'an entry behind a comma at the end',
    change('model_providers/other/max_steps', 5),
    ['    "other": {', '      "max_steps": 5', '    },'],
    [],
  ],
  ['a key at the top', change('max_steps', 5), ['  },', '  "max_steps": 5'], ['  }']],
  [
    'a list on one line',
    change('tools', ['bash']),
    ['  "tools": ["bash"],   // as they were typed'],
    ['  "tools": ["bash",   "task_done"],   // as they were typed'],
  ],
])('nothing but its own lines is changed: %s', async (_case, made, come, gone) => {
  expect(difference(file, await edited('trae_config.json', file, made))).toEqual({ come, gone });
});

test.each([
  ['', '{\n  "a": {\n    "b": 1\n  }\n}'],
  ['{}', '{\n  "a": {\n    "b": 1\n  }\n}'],
  ['{}\n', '{\n  "a": {\n    "b": 1\n  }\n}\n'],
  ['{"c":2}', '{"c":2, "a": { "b": 1 }}'],
  ['{ "a": {} }', '{ "a": { "b": 1 } }'],
  ['{"a":null}', '{"a":{ "b": 1 }}'],
  ['{\n\t"a": {\n\t}\n}', '{\n\t"a": {\n\t\t"b": 1\n\t}\n}'],
  ['{\r\n    "c": 2\r\n}\r\n', '{\r\n    "c": 2,\r\n    "a": {\r\n        "b": 1\r\n    }\r\n}\r\n'],
  ['{\n  // nothing yet\n}\n', '{\n  "a": {\n    "b": 1\n  }\n  // nothing yet\n}\n'],
  ['{"c": 2 // last\n}', '{"c": 2, "a": { "b": 1 } // last\n}'],
  ['{\n  "c": 2 /* last\n  of all */\n}', '{\n  "c": 2, /* last\n  of all */\n  "a": {\n    "b": 1\n  }\n}'],
  ['{\n  "c": 2\n  // end\n}', '{\n  "c": 2,\n  "a": {\n    "b": 1\n  }\n  // end\n}'],
])('%j becomes %j', async (before, after) => {
  expect(await edited('trae_config.json', before, change('a/b', 1))).toBe(after);
});

test('a byte order mark stays, and so do characters of every kind', async () => {
  const before = '\ufeff{ "c": "\u00e9\u{1f600}\\u00e9 \\/" }';
  expect(await edited('.traerc.json', before, change('d', 'ü"\n'))).toBe(
    '\ufeff{ "c": "\u00e9\u{1f600}\\u00e9 \\/", "d": "ü\\"\\n" }',
  );
});

test('only what is ours is changed in a package.json', async () => {
  const before = '{\n  "name": "x",\n  "trae": {"max_steps": 1},\n  "files": [ "a",\n "b" ]\n}\n';
  expect(await edited('package.json', before, change('max_steps', 2))).toBe(before.replace('1}', '2}'));
});

test('a model is found by its whole name, whatever is in it', async () => {
  const before = '{"model_providers": {"x": {"models": {"a/b.c:d": {"reasoning": true}, "a/b": {}}}}}';
  const path = ['model_providers', 'x', 'models', 'a/b.c:d', 'tool_mode'];
  expect(await edited('trae_config.json', before, { path, value: 'prompted' })).toBe(
    before.replace('true}', 'true, "tool_mode": "prompted"}'),
  );
});
