/** How to give a key, in the imperative and without a full stop. */
export const keyPlaces = (variable: string | undefined): string =>
  [...(variable === undefined ? [] : [`Set ${variable}`]), 'pass --api-key'].join(' or ');
