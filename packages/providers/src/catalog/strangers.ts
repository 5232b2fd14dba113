/** Keys of services that have no entry: commands do not see them either, and nobody prints them. */
export const furtherKeyVariables: readonly string[] = ['ORQ_API_KEY', 'OPENAI_ADMIN_KEY'];

/** How keys of services begin that have no entry, and that are given to others by mistake. */
export const furtherKeyPrefixes: readonly (readonly [prefix: string, service: string])[] = [
  ['xai-', 'xAI'],
  ['hf_', 'Hugging Face'],
  ['nvapi-', 'NVIDIA'],
  ['ghp_', 'GitHub'],
  ['github_pat_', 'GitHub'],
];
