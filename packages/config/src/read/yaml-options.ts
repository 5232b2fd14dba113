/** How every YAML text is read, whether for its values or to be edited. */
export const yamlOptions = {
  schema: 'core',
  resolveKnownTags: false,
  merge: false,
  // The search for them takes a minute over a hundred thousand keys.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;
