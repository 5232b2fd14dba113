import { describe, expect, test } from 'vitest';
import { describeWait, maskKeys, plainText } from '../../src/errors/wording.js';

describe('what a service said', () => {
  test('is shown without markup', () => {
    const page = '<!DOCTYPE html><head><title>x</title></head><body class="a"><h1>502</h1>\n<p>Bad <b>gateway</b></p>';
    expect(plainText(page)).toBe('502 Bad gateway');
  });

  test('keeps what only looks like markup', () => {
    expect(plainText('max_tokens must be < 100 and > 1')).toBe('max_tokens must be < 100 and > 1');
  });

  test('is bounded', () => {
    expect(plainText('word '.repeat(10_000)).length).toBeLessThan(600);
  });

  test('is cleaned in linear time, however hostile', () => {
    const start = performance.now();
    plainText('<script'.repeat(10_000) + '<'.repeat(10_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

test.each([
  ['Incorrect API key provided: sk-proj-abcdefghijkl1234.', 'Incorrect API key provided: sk-…'],
  ['key sk-abc*******1234 refused', 'key sk-… refused'],
  ['gsk_abcdefghijklmnop and hf_abcdefghij', 'gsk_… and hf_…'],
  ['tgp_v1_abcdefghijkl, csk-abcdefgh, ghp_abcdefgh', 'tgp_…, csk-…, ghp_…'],
  ['header Authorization: Bearer abcdefghijkl', 'header Authorization: Bearer …'],
  ['the task-oriented disk-based risk', 'the task-oriented disk-based risk'],
])('%s is shown as %s', (text, shown) => {
  expect(maskKeys(text)).toBe(shown);
});

test.each([
  [1000, '1 second'],
  [90_000, '90 seconds'],
  [120_000, '2 minutes (120 s)'],
  [7_200_000, '2 hours (7200 s)'],
])('%d ms are told as %s', (milliseconds, words) => {
  expect(describeWait(milliseconds)).toBe(words);
});
