/** Keys of parts that are not there yet, and what they would do. */
const notBuilt: Readonly<Record<string, string>> = {
  mcp_servers: 'connects the tools of MCP servers; that is not built yet, and no server is started',
  allow_mcp_servers: 'chooses among MCP servers; they are not built yet',
  enable_lakeview: 'asks for summaries of the steps (Lakeview); they are not built yet',
  lakeview_config: 'chooses a model for summaries of the steps (Lakeview); they are not built yet',
  lakeview: 'chooses a model for summaries of the steps (Lakeview); they are not built yet',
};

/** What a key at the top would do that is not built yet; undefined where it is none of those. */
export function notBuiltPart(key: string): string | undefined {
  if (Object.hasOwn(notBuilt, key)) return notBuilt[key];
  return /^docker/i.test(key)
    ? 'runs commands in a container; that is not built yet, and they run on this machine'
    : undefined;
}

/** Keys of an entry that mean something elsewhere, and why they do nothing here. */
const noEffect: Readonly<Record<string, string>> = {
  candidate_count: 'one answer is asked for, and one is used',
  stop_sequences: 'an answer ends where the model ends it',
  api_version: 'the version is a part of the address, in "base_url"',
};

/** Why a key of an entry does nothing; undefined where it is none of those. */
export const reasonOfNoEffect = (key: string): string | undefined =>
  Object.hasOwn(noEffect, key) ? noEffect[key] : undefined;

export const notBuiltKeys = Object.keys(notBuilt);
export const noEffectKeys = Object.keys(noEffect);
