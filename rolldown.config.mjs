import { defineConfig } from 'rolldown';
import { thirdPartyNotices } from './scripts/third-party-notices.mjs';

export default defineConfig({
  input: { bin: 'packages/cli/src/bin.ts' },
  platform: 'node',
  tsconfig: false,
  resolve: {
    conditionNames: ['@trae-cli/source', 'module', 'node', 'import'],
    mainFields: ['module', 'main'],
  },
  transform: { target: 'node20.19', define: { 'process.env.NODE_ENV': '"production"' } },
  plugins: [thirdPartyNotices('THIRD_PARTY_NOTICES.txt')],
  output: { dir: 'packages/cli/bundle', format: 'esm', minify: true, cleanDir: true },
});
