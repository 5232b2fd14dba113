import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { person } from './cli.js';

const steering = '\u009B2J\u202Eevil\u2028';

test('what a service says is the same in JSON, and steers no terminal that shows it', async () => {
  await using server = await modelServer(() => ({
    status: 401,
    body: JSON.stringify({ error: { message: steering } }),
  }));
  await using me = await person();
  const flags = ['doctor', '--json', '--model-base-url', server.url, '--model', 'm'];
  const { stdout } = await me.run(flags, { env: { OPENAI_COMPATIBLE_API_KEY: `key-${steering.length}-0123456789` } });
  expect(JSON.stringify(JSON.parse(stdout))).toContain('evil');
  expect(stdout).not.toMatch(/[\u007F-\u009F\u2028-\u202E]/);
});

test('a .env of empty lines is looked through at once', async () => {
  await using me = await person({ '.env': `${'\n'.repeat(400_000)}GROQ_API_KEY=gsk_of_the_file_0123456789\n` });
  const env = { GROQ_API_KEY: 'gsk_of_mine_0123456789' };
  const { stdout } = await me.run(['doctor', 'groq', '--offline'], { env });
  expect(stdout).toContain('GROQ_API_KEY in .env is hidden by the one in the environment');
});
