import { describe, expect, test } from 'vitest';
import { bullet, layOut, type Line, nameWidth } from '../src/show-config/layout.js';

const lines: readonly Line[] = [
  { name: 'default_provider', value: 'house', source: 'trae_config.json:3' },
  { name: 'tools', value: 'bash, str_replace_based_edit_tool, json_edit_tool, task_done', source: 'the default' },
  { name: 'api_key', value: 'set, from GROQ_API_KEY', source: '' },
  { name: 'model', value: 'a-name-without-any-space-that-is-wider-than-a-narrow-screen', source: '--model' },
];

const faint = (text: string): string => text;
const laidOut = (columns: number | undefined) => layOut(lines, nameWidth(lines), { columns, faint });

describe('the table of show-config', () => {
  test('has a line for each setting where nothing wraps', () => {
    expect(laidOut(undefined)).toEqual([
      '  default_provider  house                                                         trae_config.json:3',
      '  tools             bash, str_replace_based_edit_tool, json_edit_tool, task_done  the default',
      '  api_key           set, from GROQ_API_KEY',
      '  model             a-name-without-any-space-that-is-wider-than-a-narrow-screen   --model',
    ]);
  });

  test('puts a source below its value where a screen has no room for both', () => {
    expect(laidOut(80)).toEqual([
      '  default_provider  house  trae_config.json:3',
      '  tools             bash, str_replace_based_edit_tool, json_edit_tool, task_done',
      '                    (the default)',
      '  api_key           set, from GROQ_API_KEY',
      '  model             a-name-without-any-space-that-is-wider-than-a-narrow-screen',
      '                    (--model)',
    ]);
  });

  test('puts a value below its name on a narrow screen, and breaks no word', () => {
    expect(laidOut(40)).toEqual([
      '  default_provider',
      '    house  trae_config.json:3',
      '  tools',
      '    bash, str_replace_based_edit_tool,',
      '    json_edit_tool, task_done',
      '    (the default)',
      '  api_key',
      '    set, from GROQ_API_KEY',
      '  model',
      '    a-name-without-any-space-that-is-wider-than-a-narrow-screen',
      '    (--model)',
    ]);
  });

  test('cuts a value that nobody would read to its end, and keeps one with line breaks on its line', () => {
    const [long = '', broken] = layOut(
      [
        { name: 'long', value: 'x'.repeat(9000), source: '' },
        { name: 'broken', value: 'one\n  two', source: '' },
      ],
      6,
      { columns: undefined, faint },
    );
    expect(long.endsWith('x… (9000 characters)')).toBe(true);
    expect(broken).toBe('  broken  one two');
  });

  test('wraps a sentence under its bullet', () => {
    expect(bullet('one two three four', { columns: 12, faint })).toEqual(['  - one two', '    three', '    four']);
  });
});
