import { durability, errorTable } from '@trae-cli/protocol';

const values = `user assistant tool text image reasoning tool_call ok error end tool_calls length filtered other
  completed stopped failed step_limit budget loop time_limit no_answer cancelled terminated rule person mode`;

const fields = `v seq at event type step steps outcome status reason summary code hint task model provider root
  instructions tools sampling maxSteps version name description inputSchema temperature topP topK maxOutput message role
  content origin mediaType base64 sealed id arguments callId toolName parameters responseId retries firstTokenMs
  durationMs details verdict by allow outputs estimatedTokens stop usage input output cacheRead cacheWrite costUsd
  isCostReckoned tags`;

/**
 * The words a record is made of. Somebody's key may be one of them (`-k assistant`, `-k completed`); it is no secret then,
 * and a journal without its words could not be read again.
 */
export const vocabulary: ReadonlySet<string> = new Set(
  [Object.keys(durability), Object.keys(errorTable), values.split(/\s+/), fields.split(/\s+/)].flat(),
);
