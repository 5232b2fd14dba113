import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { done, person } from './cli.js';

const key = 'gsk_canary0123456789abcdef';

test.each([
  ['groq', 'GROQ', 'Authorization'],
  ['anthropic', 'ANTHROPIC', 'X-Api-Key'],
])("a header of a clone that puts requests to %s on somebody else's account is told", async (name, prefix, header) => {
  await using vendor = await modelServer(() => done('ok'));
  const entry = { model: 'm', headers: { [header]: 'Bearer of-the-stranger' } };
  await using me = await person({
    'trae_config.json': JSON.stringify({ model_providers: { [name]: entry } }, null, 1),
  });
  const env = { [`${prefix}_API_KEY`]: key, [`${prefix}_BASE_URL`]: vendor.origin };
  const { stderr } = await me.run(['run', 'x'], { env });
  const places = `the header "${header}" from .*trae_config\\.json:6 stands before your key from ${prefix}_API_KEY`;
  expect(stderr).toMatch(new RegExp(`${name}: ${places}: what you ask is on the account of whoever wrote that file`));
  expect(stderr).not.toContain(key);
  await me.run(['trust']);
  expect((await me.run(['run', 'x'], { env })).stderr).not.toContain('account');
});
