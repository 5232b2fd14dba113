import type { Form } from '../service/repair.js';
import type { Target } from '../service/target.js';
import { otherKeyHeadersFor } from './key-headers.js';
import { usualVersion } from './messages-client.js';
import { asksToThink } from './thinking-limits.js';

const personHeader = ({ endpoint }: Target, name: string): string | undefined =>
  Object.entries(endpoint.headers).find(([other]) => other.toLowerCase() === name)?.[1];

/** The generation of the protocol that the request is in. */
export const versionFor = (target: Target): string =>
  personHeader(target, 'anthropic-version') ?? target.dialect.messagesVersion ?? usualVersion;

/** Whether a key that is refused may be good in the other header. */
export const mayChangeKeyHeader = ({ endpoint }: Target): boolean => otherKeyHeadersFor(endpoint) !== undefined;

function keyHeadersFor({ endpoint }: Target, { adaptations }: Form): Readonly<Record<string, string>> {
  const other = adaptations.includes('other_key_header') ? otherKeyHeadersFor(endpoint) : undefined;
  return Object.fromEntries(Object.entries(other ?? {}).map(([name, value]) => [name, value ?? '']));
}

/** Old models think between their calls only where a header allows it; what the person sends stands beside it. */
function betaFor(target: Target, { parameters }: Form): Readonly<Record<string, string>> {
  const { thinkingBeta } = target.dialect;
  if (thinkingBeta === undefined || !asksToThink(parameters)) return {};
  const person = personHeader(target, 'anthropic-beta');
  const has = person?.split(',').some((beta) => beta.trim() === thinkingBeta) === true;
  return { 'anthropic-beta': [...(person === undefined ? [] : [person]), ...(has ? [] : [thinkingBeta])].join(',') };
}

/** The headers of one request. */
export const headersFor = (target: Target, form: Form): Readonly<Record<string, string>> => ({
  'anthropic-version': versionFor(target),
  ...betaFor(target, form),
  ...keyHeadersFor(target, form),
});
