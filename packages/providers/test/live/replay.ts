import { Secret } from '@trae-cli/protocol';
import { catalog } from '@trae-cli/providers';
import { checks } from './checks.js';
import { player } from './player.js';
import type { Tape } from './tape.js';
import { providerOf } from './vendor.js';

/** Asks what was asked then, of a service that answers as it did then. Throws where that is no longer understood. */
export async function replay(tape: Tape): Promise<void> {
  const entry = catalog.find(({ id }) => id === tape.provider);
  if (entry === undefined) throw new Error(`${tape.provider} is not in the catalog.`);
  await using service = await player(tape);
  const key = new Secret('a-key-for-nobody-at-all', 'test');
  const provider = providerOf({ entry, key }, `${service.origin}${tape.basePath}`, { maxRetries: 0 });
  await checks[tape.check]({ provider, model: tape.model, signal: new AbortController().signal });
  if (service.strangers.length > 0) throw new Error(`Nobody asked for ${service.strangers.join(', ')} then.`);
}
