import { defineConfig } from 'vitest/config';
import { SkippedTests } from './test/skipped-tests.js';

export default defineConfig({
  ssr: { resolve: { conditions: ['@trae-cli/source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/*.live.test.ts', '**/node_modules/**'],
    reporters: ['default', new SkippedTests()],
    // The default leaves a core idle, while most tests wait for a process or a socket.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
