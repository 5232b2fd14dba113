const reference = /\$\{([^}]*)(\}?)/g;
const variableName = /^[A-Za-z_]\w*$/;

export const hasReference = (text: string): boolean => text.includes('${');

/** Whether a `${` opens something other than the name of a variable and a brace. */
export const isMalformed = (text: string): boolean =>
  [...text.matchAll(reference)].some(([, name = '', end]) => end === '' || !variableName.test(name));

/** The variables that a text refers to, each once. */
export const variablesIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(reference)].map(([, name = '']) => name).filter((name) => variableName.test(name))),
];

/** The variable, where a text is `${NAME}` and nothing else. */
export const wholeVariable = (text: string): string | undefined => /^\s*\$\{([A-Za-z_]\w*)\}\s*$/.exec(text)?.[1];

/** What is put in is not looked at again, so that a value holding `${NAME}` stays as it is. */
export const replaceVariables = (text: string, valueOf: (name: string) => string): string =>
  text.replaceAll(reference, (_, name: string) => valueOf(name));
