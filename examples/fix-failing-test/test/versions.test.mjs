import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headline, unseenNotes } from '../src/release-notes.mjs';
import { compareVersions, latest } from '../src/versions.mjs';

const notes = [
  { version: '1.10.0', text: 'Faster start.' },
  { version: '1.9.0', text: 'Dark theme.' },
  { version: '1.2.0', text: 'First public release.' },
];

test('a later patch is newer', () => {
  assert.equal(compareVersions('1.2.4', '1.2.3'), 1);
});

test('a release is newer than its pre-release', () => {
  assert.equal(compareVersions('2.0.0', '2.0.0-beta.1'), 1);
});

test('a leading v makes no difference', () => {
  assert.equal(compareVersions('v1.2.3', '1.2.3'), 0);
});

test('1.10.0 is newer than 1.9.0', () => {
  assert.equal(compareVersions('1.10.0', '1.9.0'), 1);
});

test('the latest of a list is found', () => {
  assert.equal(latest(['1.9.0', '1.10.0', '1.2.0']), '1.10.0');
});

test('unseen notes are listed oldest first', () => {
  assert.deepEqual(
    unseenNotes(notes, '1.2.0').map((note) => note.version),
    ['1.9.0', '1.10.0'],
  );
});

test('the headline names the newest release', () => {
  assert.equal(headline(notes, '1.2.0'), '2 new since 1.2.0; the newest is 1.10.0.');
});
