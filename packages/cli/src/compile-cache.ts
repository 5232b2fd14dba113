import module from 'node:module';

/** Node 22 and newer keep compiled code between runs; Node 20, whose types these are, does not know the call. */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = module as { enableCompileCache?: () => void };
  enable?.();
}
