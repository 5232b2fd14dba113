import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { createGuardedFetch } from '../../src/transport/guarded-fetch.js';

const fetch = createGuardedFetch({
  limits: { headersMs: undefined, idleMs: undefined },
  headerNames: ['content-type', 'accept'],
});

const headers = { 'content-type': 'text/of-the-environment', accept: 'application/json', 'x-leak': '1' };

test('what kind of body it is goes along with a body only: a client may have that from the environment', async () => {
  await using server = await modelServer([{ body: '{}' }, { body: '{}' }]);
  await fetch(server.origin, { headers });
  await fetch(server.origin, { method: 'POST', body: Buffer.from('{}'), headers });
  const sent = server.requests.map(({ headers: { accept, 'content-type': kind, 'x-leak': leak } }) => [
    accept,
    kind,
    leak,
  ]);
  expect(sent).toEqual([
    ['application/json', undefined, undefined],
    ['application/json', 'text/of-the-environment', undefined],
  ]);
});
