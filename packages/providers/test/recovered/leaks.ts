import type { Model, ModelEvent, StopReason, ToolSpec } from '@trae-cli/protocol';
import { readTool } from '../conversation.js';

export const countTool: ToolSpec = {
  name: 'count',
  description: 'Counts.',
  inputSchema: {
    type: 'object',
    properties: {
      path: { type: 'string' },
      most: { type: 'integer' },
      deep: { type: 'boolean' },
      names: { type: 'array', items: { type: 'string' } },
    },
    required: ['path'],
  },
};

export const tools: readonly ToolSpec[] = [readTool, countTool];

const readA = { name: 'read', arguments: { path: 'a' } };
const countB = { name: 'count', arguments: { path: 'b', most: 3, deep: true, names: ['x'] } };

type Leak = readonly [string, string, readonly { readonly name: string; readonly arguments: object }[]];

/** What models print instead of calling, and what they meant. */
export const leaks: readonly Leak[] = [
  ['Hermes', '<tool_call>{"name":"read","arguments":{"path":"a"}}</tool_call>', [readA]],
  ['Hermes without its end', '<tool_call>\n{"name": "read", "arguments": {"path": "a"}}\n', [readA]],
  [
    'Hermes twice',
    '<tool_call>\n{"name":"read","arguments":{"path":"a"}}\n</tool_call>\n<tool_call>\n{"name":"count","arguments":{"path":"b","most":3,"deep":true,"names":["x"]}}\n</tool_call>',
    [readA, countB],
  ],
  ['GLM', '<tool_call>read\n<arg_key>path</arg_key>\n<arg_value>a</arg_value>\n</tool_call>', [readA]],
  [
    'GLM with values of all kinds',
    '<tool_call>count\n<arg_key>path</arg_key>\n<arg_value>b</arg_value>\n<arg_key>most</arg_key><arg_value>3</arg_value><arg_key>deep</arg_key><arg_value>true</arg_value><arg_key>names</arg_key><arg_value>["x"]</arg_value></tool_call>',
    [countB],
  ],
  ['Qwen Coder', '<tool_call>\n<function=read>\n<parameter=path>\na\n</parameter>\n</function>\n</tool_call>', [readA]],
  [
    'a function in tags',
    '<function=count><parameter=path>b</parameter><parameter=most>3</parameter><parameter=deep>true</parameter><parameter=names>["x"]</parameter></function>',
    [countB],
  ],
  ['a function with JSON', '<function=read>{"path": "a"}</function>', [readA]],
  ['a function whose tag is not closed', '<function=read{"path": "a"}</function>', [readA]],
  ['Llama', '<|python_tag|>{"name": "read", "parameters": {"path": "a"}}<|eom_id|>', [readA]],
  [
    'Llama twice',
    '<|python_tag|>{"name": "read", "parameters": {"path": "a"}}; {"name": "read", "parameters": {"path": "a"}}',
    [readA, readA],
  ],
  ['bare JSON', '{"name": "read", "parameters": {"path": "a"}}', [readA]],
  [
    'bare JSON in a list',
    ' [{"type": "function", "function": {"name": "read", "arguments": "{\\"path\\":\\"a\\"}"}}]',
    [readA],
  ],
  ['Mistral', '[TOOL_CALLS][{"name": "read", "arguments": {"path": "a"}}]', [readA]],
  [
    'Mistral, name by name',
    '[TOOL_CALLS]read[ARGS]{"path": "a"}[TOOL_CALLS]read[CALL_ID]x1[ARGS]{"path": "a"}',
    [readA, readA],
  ],
  [
    'Kimi',
    '<|tool_calls_section_begin|><|tool_call_begin|>functions.read:0<|tool_call_argument_begin|>{"path": "a"}<|tool_call_end|><|tool_call_begin|>functions.read:1<|tool_call_argument_begin|>{"path": "a"}<|tool_call_end|><|tool_calls_section_end|>',
    [readA, readA],
  ],
  [
    'DeepSeek',
    '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>read\n```json\n{"path":"a"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    [readA],
  ],
  [
    'DeepSeek V3.1',
    '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>read<｜tool▁sep｜>{"path":"a"}<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    [readA],
  ],
  [
    'DeepSeek V3.2',
    '<｜DSML｜function_calls>\n<｜DSML｜invoke name="count">\n<｜DSML｜parameter name="path" string="true">b</｜DSML｜parameter>\n<｜DSML｜parameter name="most" string="false">3</｜DSML｜parameter>\n<｜DSML｜parameter name="deep" string="false">true</｜DSML｜parameter>\n<｜DSML｜parameter name="names" string="false">["x"]</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>',
    [countB],
  ],
  [
    'Claude',
    '<function_calls>\n<invoke name="read">\n<parameter name="path">a</parameter>\n</invoke>\n</function_calls>',
    [readA],
  ],
  [
    'MiniMax',
    '<minimax:tool_call>\n<invoke name="read">\n<parameter name="path">a</parameter>\n</invoke>\n</minimax:tool_call>',
    [readA],
  ],
  ['an invocation', '<invoke name="read"><parameter name="path">a</parameter></invoke>', [readA]],
  ['a code block', '```json\n{"tool": "read", "args": {"path": "a"}}\n```\n', [readA]],
  ['a code block in other words', '```\n{"tool_name": "read", "input": {"path": "a"}}\n```', [readA]],
  [
    'a form in a code block',
    '```xml\n<tool_call>\n{"name":"read","arguments":{"path":"a"}}\n</tool_call>\n```',
    [readA],
  ],
  ['harmony', '<|channel|>commentary to=functions.read <|constrain|>json<|message|>{"path":"a"}<|call|>', [readA]],
  [
    'harmony from its start',
    '<|start|>assistant<|channel|>commentary to=functions.read<|message|>{"path":"a"}',
    [readA],
  ],
  ['a name in other letters', '<tool_call>{"name":"READ","arguments":{"path":"a"}}</tool_call>', [readA]],
  [
    'a line break inside a string',
    '<tool_call>{"name":"read","arguments":{"path":"a\nb"}}</tool_call>',
    [{ name: 'read', arguments: { path: 'a\nb' } }],
  ],
];

/** Texts that look like calls and are none. */
export const words: readonly (readonly [string, string])[] = [
  ['an unknown tool', '<tool_call>{"name":"erase","arguments":{}}</tool_call>'],
  ['an unknown function', '<function=erase>{"path":"a"}</function>'],
  ['case 135: a code block with an unknown tool', 'So:\n```json\n{"name":"erase","arguments":{}}\n```'],
  [
    'case 135b: a code block in the middle of an explanation',
    'So:\n```json\n{"name":"read","arguments":{"path":"a"}}\n```\nwould read it.',
  ],
  [
    'a call in a code block that is not the last thing',
    'So:\n```\n<tool_call>{"name":"read","arguments":{"path":"a"}}</tool_call>\n```\nreads.',
  ],
  ['a call among other lines of a code block', '```\n# now\n<function=read>{"path":"a"}</function>\n```'],
  ['a tag that is spoken about', 'The tag `<tool_call>` begins a call, <function=… as well.'],
  ['a call that is spoken about', 'Write `<function=read>{"path":"a"}</function>` there.'],
  ['JSON with more behind it', '{"name":"read","arguments":{"path":"a"}} is what I would call.'],
  ['a manifest', '{"name":"read","version":"1.0.0","arguments":{}}'],
  ['the description of a tool', '{"name":"read","description":"Reads.","parameters":{"type":"object"}}'],
  ['a name without arguments', '{"name":"read"}'],
  ['arguments that are no object', '<tool_call>{"name":"read","arguments":["a"]}</tool_call>'],
  ['JSON that does not end', '<tool_call>{"name":"read","arguments":{"path":"a"'],
  ['a parameter that does not end', '<function=read><parameter=path>a'],
  [
    'a call inside a thought',
    '<think>\n<tool_call>{"name":"read","arguments":{"path":"a"}}</tool_call>\n</think>\nNo.',
  ],
  ['a thought that does not end', '<think><tool_call>{"name":"read","arguments":{"path":"a"}}</tool_call>'],
  ['the beginning of a mark', 'Is a <tool_'],
  ['an empty name', '<tool_call></tool_call><function=><invoke name="">'],
  ['an ordinary list', '[1, 2, 3]'],
  ['a note', '[TOOL] is: not a call [TOOL_CALLS] either'],
  ['code', '```ts\nconst a = `${b}`;\n```\n    if (a < b) { c[d] = `x`; }\n'],
];

/** What calls, and what only looks like them, are made of. */
export const scraps = [
  '<tool_call>',
  '</tool_call>',
  '<function=',
  'read',
  '>',
  '</function>',
  '<parameter=path>',
  '</parameter>',
  '{"name":"',
  '"read"',
  '"erase"',
  '"arguments":',
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  '\n',
  '```',
  '```json\n',
  '`',
  '<think>',
  '</think>',
  ' a',
  '[TOOL_CALLS]',
  '[ARGS]',
  '<|python_tag|>',
  '<invoke name="',
  '<｜tool▁calls▁begin｜>',
  '\\',
  '~~~',
  'word ',
  '\n\n',
  '😀',
  '<function=erase>{}</function>',
  '<tool_call>{"name":"erase","arguments":{}}</tool_call>',
] as const;

/** A model that says these pieces of text. */
export function saying(pieces: readonly string[], stop: StopReason = 'end'): Model {
  const events: readonly ModelEvent[] = [
    ...pieces.map((text): ModelEvent => ({ type: 'text_delta', part: 0, text })),
    { type: 'finished', stop, usage: null },
  ];
  return modelOf(events);
}

export const modelOf = (events: readonly ModelEvent[]): Model => ({
  ref: { provider: 'p', model: 'm' },
  traits: { contextWindow: null, assumedContextWindow: 8192, images: false, parallelToolCalls: true },
  async *stream() {
    yield* events;
  },
});
