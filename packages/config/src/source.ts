/** Whose file it is. `named`: the person named it with `--config-file` or `TRAE_CONFIG_FILE`, so nothing was searched. */
export type FileScope = 'user' | 'project' | 'named';

/** A file of the configuration, or a `.env` beside one. */
export type ConfigFile = {
  /** Absolute, as it was found: a link is not followed here. */
  readonly path: string;
  readonly scope: FileScope;
  /** Whether it may name addresses for keys that are not its own, and do the other things that need trust. */
  readonly isTrusted: boolean;
};

/**
 * Where a value came from. From the lowest rank to the highest: default, login, user file, project file, `.env`,
 * environment, flag. Lines count from 1.
 */
export type Source =
  | { readonly kind: 'default' }
  | { readonly kind: 'login'; readonly place: string }
  | { readonly kind: 'file'; readonly file: ConfigFile; readonly line: number }
  | { readonly kind: 'dotenv'; readonly file: ConfigFile; readonly line: number; readonly variable: string }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'flag'; readonly flag: string };

/** A value and where it came from. */
export type Setting<Value> = { readonly value: Value; readonly source: Source };
