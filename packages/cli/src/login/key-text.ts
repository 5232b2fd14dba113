import { isPlaceholderKey, tidyKey } from '@trae-cli/config';
import { Secret, TraeError } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';
import type { LoginTarget } from './login-target.js';

const longestKey = 4096;
/** People copy the whole line: `export GROQ_API_KEY=…`. */
const assignment = /^\s*(?:export\s+)?[A-Z][A-Z\d_]*(?:KEY|TOKEN)=/;

/** What was copied, without the name of a variable before it. */
export const withoutAssignment = (text: string): string => text.replace(assignment, '');

const madeAt = ({ displayName, keyUrl }: CatalogEntry): string =>
  keyUrl === undefined ? '' : ` ${displayName} makes keys at ${keyUrl}.`;

/** Making a provider sends nothing, so that any address will do where there is none. */
const anyAddress = 'http://localhost';

/** Looks at a key as the provider would. Throws where it is plainly none, or somebody else's. */
function rejectUnusable(key: Secret, { entry, registry }: LoginTarget): void {
  try {
    registry.provider(entry.id, { apiKey: key, baseUrl: entry.baseUrl ?? anyAddress });
  } catch (error) {
    if (!(error instanceof TraeError) || error.code !== 'credentials_rejected') throw error;
    throw new TraeError(error.code, error.message, {
      hint: `Nothing was stored. Copy the key of ${entry.displayName} again, alone and on one line.${madeAt(entry)}`,
    });
  }
}

/** A key without what was pasted along with it. Throws for what is none; what was given is in no message. */
export function keyFromText(text: string, origin: string, target: LoginTarget): Secret {
  const { entry } = target;
  const { key } = tidyKey(withoutAssignment(text));
  const nothing = 'Nothing was stored.';
  if (key === '')
    throw new TraeError('credentials_missing', `There is no key on ${origin}.`, {
      hint: `${nothing} A variable that is not set, or a file that is empty, may have been piped in.`,
    });
  if (key.length > longestKey)
    throw new TraeError('credentials_rejected', `What came from ${origin} is longer than any key.`, {
      hint: `${nothing} Give the key alone.`,
    });
  if (isPlaceholderKey(key))
    throw new TraeError('credentials_rejected', `What came from ${origin} is a placeholder, and no key.`, {
      hint: `${nothing} Give the key itself.${madeAt(entry)}`,
    });
  const secret = new Secret(key, origin);
  rejectUnusable(secret, target);
  return secret;
}
