import { defineConfig } from 'vitest/config';

/** The tests that have to notice a mutant: those of the core and of the commit protocol, without the simulation. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    testTimeout: 60_000,
    isolate: false,
    pool: 'threads',
    maxWorkers: 1,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', FLAGSTONE_RUNS: '0.2' },
    include: [
      'test/core/{network,cloud}/**/*.test.ts',
      'test/adapters/network/**/*.test.ts',
      'test/functions/live-events/{live-events,crashes}.test.ts',
    ],
  },
});
