import { expect, test } from 'vitest';
import { findChromium } from '../browser/chromium.ts';

test('browser tests without a browser say how to get one', () => {
  expect(() => findChromium({ FLAGSTONE_CHROMIUM: '/nowhere/chromium' })).toThrow(
    'the browser tests need Chromium, which is not at /nowhere/chromium: apt-get install chromium, or name one with FLAGSTONE_CHROMIUM',
  );
  expect(findChromium({ FLAGSTONE_CHROMIUM: process.execPath })).toBe(process.execPath);
});
