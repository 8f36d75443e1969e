import { expect, test } from 'vitest';
import { mappingComponent } from '../../lib/local/status.ts';

test.each([
  [0, true, 'up to date'],
  [0.4, true, '0 ms behind'],
  [59_999, true, '59999 ms behind'],
  [60_000, false, '60 s behind; the log of live-events says why'],
])('a function that is %d ms behind its stream is healthy: %s', (milliseconds, healthy, detail) => {
  expect(mappingComponent('live-events', milliseconds)).toEqual({ name: 'stream to live-events', healthy, detail });
});
