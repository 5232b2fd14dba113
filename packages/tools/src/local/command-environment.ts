/** What keeps programs from waiting for a person who is not there. */
const settings: Readonly<Record<string, string>> = {
  TERM: 'dumb',
  PAGER: 'cat',
  MANPAGER: 'cat',
  GIT_PAGER: 'cat',
  GIT_EDITOR: 'true',
  GIT_TERMINAL_PROMPT: '0',
};

/** What commands see: the environment given, made quiet. */
export function commandEnvironment(
  environment: Readonly<Record<string, string>>,
  root: string,
): Readonly<Record<string, string>> {
  const { OLDPWD: _, ...rest } = environment;
  return { ...rest, ...settings, PWD: root };
}
