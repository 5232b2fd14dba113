import { describe, expect, test } from 'vitest';
import { ThinkTags } from '../../src/service/think-tags.js';

function split(pieces: readonly string[], opensInThought = false, isWhole = true) {
  const tags = new ThinkTags(opensInThought);
  const said = { text: '', reasoning: '' };
  for (const { type, text } of [...pieces.flatMap((piece) => tags.push(piece)), ...tags.flush(isWhole)])
    said[type] += text;
  return said;
}

describe('a thought in the text', () => {
  test('is taken out wherever the pieces end', () => {
    const whole = ' <think>a < b</think>\n\nAnswer with <think> in it.';
    const expected = { reasoning: 'a < b', text: 'Answer with <think> in it.' };
    for (let cut = 0; cut <= whole.length; cut += 1)
      expect(split([whole.slice(0, cut), whole.slice(cut)])).toEqual(expected);
    expect(split(whole.split(''))).toEqual(expected);
  });

  test('counts only at the beginning', () => {
    expect(split(['Write ', '<think>x</think>', ' there.'])).toEqual({
      reasoning: '',
      text: 'Write <think>x</think> there.',
    });
  });

  test('that only seemed to begin is text', () => {
    expect(split(['<th', 'e end'])).toEqual({ reasoning: '', text: '<the end' });
    expect(split(['<thi'])).toEqual({ reasoning: '', text: '<thi' });
  });

  test('that was cut off stays a thought', () => {
    expect(split(['<think>half a th', 'ought</thi'])).toEqual({ reasoning: 'half a thought</thi', text: '' });
  });
});

describe('a template that opens the thought itself', () => {
  test('is believed until the closing tag', () => {
    expect(split(['a</think>', 'B'], true)).toEqual({ reasoning: 'a', text: 'B' });
  });

  test('may be followed by a model that opens it again', () => {
    expect(split(['<think>a', '</think>B'], true)).toEqual({ reasoning: 'a', text: 'B' });
  });

  test('was not followed where a whole answer never closes it', () => {
    expect(split(['The an', 'swer'], true).text).toBe('The answer');
    expect(split(['The an', 'swer'], true, false)).toEqual({ reasoning: 'The answer', text: '' });
  });
});
