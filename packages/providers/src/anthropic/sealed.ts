import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';

/*
 * What is kept with a part, for the model that it came from: the signature of a thought, or a block that nobody here has
 * to understand, whole. Another protocol may have sealed the part in another form; then it is none of ours.
 */

export const sealedThought = (signature: string): JsonObject => ({ signature });

export const sealedBlock = (block: JsonObject): JsonObject => ({ block });

export const signatureIn = (sealed: JsonValue | undefined): string | undefined => {
  const signature = isJsonObject(sealed) ? sealed['signature'] : undefined;
  return typeof signature === 'string' ? signature : undefined;
};

/** A block of the service's own, redacted thoughts among them. */
export const blockIn = (sealed: JsonValue | undefined): JsonObject | undefined => {
  const block = isJsonObject(sealed) ? sealed['block'] : undefined;
  return isJsonObject(block) && typeof block['type'] === 'string' ? block : undefined;
};

/** Who made a call, where the service says: it wants that back. */
export const sealedCaller = (caller: JsonObject): JsonObject => ({ caller });

export const callerIn = (sealed: JsonValue | undefined): JsonObject | undefined => {
  const caller = isJsonObject(sealed) ? sealed['caller'] : undefined;
  return isJsonObject(caller) ? caller : undefined;
};
