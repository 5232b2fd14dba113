import type { Source } from './source.js';

/** Something about the configuration that the person should know and that stops nothing. */
export type Finding = {
  readonly kind:
    | 'unknown_key'
    | 'not_built'
    | 'no_effect'
    | 'placeholder'
    | 'unset_variable'
    | 'untrusted'
    | 'shadowed'
    | 'redirected'
    | 'tidied';
  /** A whole sentence that names key, file and line, and what to do. Never holds a secret. */
  readonly message: string;
  /** The key, as `model_providers.groq.max_token`. */
  readonly key?: string;
  readonly source?: Source;
};
