import { createRedactor, Secret, TraeError } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { redactedError } from '../src/redacted-error.js';

test('an error from before the run shows no key, and is otherwise the same', () => {
  const redactor = createRedactor([new Secret('hunter2secret', 'HTTP_PROXY')]);
  const error = new TraeError('credentials_rejected', 'hunter2secret is wrong.', {
    hint: 'Look at hunter2secret.',
    retryAfterMs: 5,
  });
  const told = redactedError(error, redactor);
  expect(told).toMatchObject({ code: 'credentials_rejected', retryAfterMs: 5 });
  expect(JSON.stringify([String(told), told])).not.toContain('hunter2');
  expect(redactedError('whatever', redactor)).toBe('whatever');
});
