import { expect, test } from 'vitest';
import { endpointOf } from '../../src/endpoint.js';
import type { ProviderSettings } from '../../src/entry.js';
import { plain } from '../entries.js';

const hosted = 'https://api.example/v1';
const atHome = 'http://127.0.0.1:8000/v1';

type Case = {
  readonly whose: string;
  readonly address: string;
  readonly settings: ProviderSettings;
  readonly limits: readonly [headersMs: number | undefined, idleMs: number];
};

const cases: readonly Case[] = [
  { whose: 'a hosted service', address: hosted, settings: {}, limits: [180_000, 300_000] },
  { whose: 'a hosted service in one piece', address: hosted, settings: { stream: false }, limits: [600_000, 300_000] },
  { whose: 'a server at home, which may be loading', address: atHome, settings: {}, limits: [undefined, 1_800_000] },
  { whose: 'the same in one piece', address: atHome, settings: { stream: false }, limits: [undefined, 1_800_000] },
  {
    whose: 'whoever has limits of their own',
    address: atHome,
    settings: { headersTimeoutMs: 5, idleTimeoutMs: 6 },
    limits: [5, 6],
  },
];

test.each(cases)('how long silence may last: $whose', ({ address, settings, limits: [headersMs, idleMs] }) => {
  expect(endpointOf(plain, address, settings).limits).toEqual({ headersMs, idleMs });
});
