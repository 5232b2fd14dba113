/** What a model can do, where the server says so: an old one says nothing, which is not "nothing". */
type Abilities = { readonly tools?: boolean; readonly images?: boolean; readonly reasoning?: boolean };

export function abilitiesOf(capabilities: readonly string[] | undefined): Abilities {
  if (capabilities === undefined || capabilities.length === 0) return {};
  return {
    tools: capabilities.includes('tools'),
    images: capabilities.includes('vision'),
    reasoning: capabilities.includes('thinking'),
  };
}
