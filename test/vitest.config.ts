import { defineConfig } from 'vitest/config';

// FLAGSTONE_RUNS multiplies the runs of the property tests: such a run takes as long as it takes.
const isSoak = process.env['FLAGSTONE_RUNS'] !== undefined;

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    testTimeout: isSoak ? 0 : 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    coverage: {
      provider: 'v8',
      include: ['lib/core/**/*.ts'],
      exclude: ['lib/core/index.ts', 'lib/core/wasm/assembly', 'lib/core/wasm/engine-binary.ts'],
      reporter: ['text'],
      thresholds: { lines: 100, branches: 100 },
    },
    projects: [
      { extends: true, test: { name: 'core', include: ['test/core/**/*.test.ts', 'test/*.test.ts'] } },
      // The local run that its commands are run on takes some seconds to start.
      { extends: true, test: { name: 'readme', include: ['test/readme/**/*.test.ts'] } },
      { extends: true, test: { name: 'client', include: ['test/client/**/*.test.ts'] } },
      { extends: true, test: { name: 'dashboard', include: ['test/dashboard/**/*.test.ts'] } },
      { extends: true, test: { name: 'cli', include: ['test/cli/**/*.test.ts'] } },
      { extends: true, test: { name: 'adapters', include: ['test/adapters/**/*.test.ts'] } },
      { extends: true, test: { name: 'functions', include: ['test/functions/**/*.test.ts'] } },
      { extends: true, test: { name: 'local', include: ['test/local/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          hookTimeout: 60_000,
          // The validator that is built into CDK takes seconds: .ci/run lets it run once.
          env: { CDK_VALIDATION: 'false' },
        },
      },
      { extends: true, test: { name: 'simulation', include: ['test/simulation/**/*.test.ts'] } },
      { extends: true, test: { name: 'bench', include: ['test/bench/**/*.test.ts'] } },
    ],
  },
});
