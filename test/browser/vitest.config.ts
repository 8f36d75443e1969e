import { defineConfig } from 'vitest/config';

/** Apart from `npm test`: these need Chromium, and a whole local run. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/local-system.ts'],
    // One system and one browser: what one file puts, another would see.
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
