import module from 'node:module';
import { isAbsolute, join } from 'node:path';
import type { Environment } from '@trae-cli/protocol';

/** Ours, below the user's cache: the common one in the temporary directory is anybody's to fill. */
function cacheDirectory({ XDG_CACHE_HOME: cache = '', HOME: home = '' }: Environment): string | undefined {
  if (isAbsolute(cache)) return join(cache, 'trae-cli', 'compiled');
  return isAbsolute(home) ? join(home, '.cache', 'trae-cli', 'compiled') : undefined;
}

/** Node 22 and newer keep compiled code between runs; Node 20, whose types these are, does not know the call. */
export function enableCompileCache(environment: Environment): void {
  const { enableCompileCache: enable } = module as { enableCompileCache?: (directory: string) => unknown };
  const directory = cacheDirectory(environment);
  if (directory !== undefined) enable?.(directory);
}
