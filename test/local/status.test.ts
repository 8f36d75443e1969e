import { expect, test } from 'vitest';
import { diskComponent } from '../../lib/local/disk.ts';
import { mappingComponent } from '../../lib/local/status.ts';

test.each([
  [0, true, 'up to date'],
  [0.4, true, '0 ms behind'],
  [59_999, true, '59999 ms behind'],
  [60_000, false, '60 s behind; the log of live-events says why'],
])('a function that is %d ms behind its stream is healthy: %s', (milliseconds, healthy, detail) => {
  expect(mappingComponent('live-events', milliseconds)).toEqual({ name: 'stream to live-events', healthy, detail });
});

test.each([
  [100_000_000, true, '100 MB free'],
  [99_999_999, false, '99 MB free; make room, and everything goes on by itself'],
  [0, false, '0 MB free; make room, and everything goes on by itself'],
])('a disk with %d bytes left is healthy: %s', (free, healthy, detail) => {
  expect(diskComponent(free)).toEqual({ name: 'disk', healthy, detail });
});
