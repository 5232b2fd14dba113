import { keyPrefix } from '@trae-cli/protocol';

/**
 * The shapes of keys: a prefix of a vendor and something random behind it, or nothing but randomness. Whatever is looked
 * for from every place of a text has an end that is near: a megabyte of prefixes would otherwise take hours.
 */
const keyShapes = [
  new RegExp(String.raw`(?:^|[^a-z])${keyPrefix}(?=[\w-]{0,200}\d)[\w-]{16}`, 'i'),
  /AIza[\w-]{20}|eyJ[\w-]{10,500}\.[\w-]{10}/,
  /^(?=.*\d)(?=.*[a-z])[a-z\d]{32,}={0,2}$/i,
];

/** Whether a text looks like a key, wherever it stands. */
export const looksLikeKey = (text: string): boolean => keyShapes.some((shape) => shape.test(text));

/** Whether a variable is named as keys are. */
export const isKeyVariable = (name: string): boolean => /key|token|secret|password|passwd|credential/i.test(name);

const secretHeaderName = /auth|key|token|secret|cookie|credential|password|session|signature/i;
const authorization = /^\s*(?:bearer|basic|token|apikey)\s+\S/i;

/** Whether a header holds a key, by its name or by what it says. */
export const isSecretHeader = (name: string, value: string): boolean =>
  secretHeaderName.test(name) || authorization.test(value) || looksLikeKey(value);

/** Whether an address holds a name, a password or a query, where keys are put. */
export const isSecretAddress = (address: string): boolean => /[@?#]/.test(address) || looksLikeKey(address);
