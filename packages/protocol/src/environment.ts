/** Variables of the environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a variable, or a field beside it, says anything: what is blank counts as not set. */
export const isSet = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';
