import { defineConfig } from 'vitest/config';

/** Checks against real services, each of which runs only where its key is in the environment. */
export default defineConfig({
  ssr: { resolve: { conditions: ['@trae-cli/source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['packages/*/test/**/*.live.test.ts'],
    testTimeout: 120_000,
  },
});
