/** How to give a key, in the imperative and without a full stop. */
export const keyPlaces = (provider: string, variable: string | undefined): string =>
  `${variable === undefined ? 'Run' : `Set ${variable}, run`} trae-cli login ${provider}, or pass --api-key`;
