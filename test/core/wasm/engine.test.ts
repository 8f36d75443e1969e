import { setFlagsFromString } from 'node:v8';
import { afterEach, expect, test } from 'vitest';
import type { Micros, UserId } from '../../../lib/core/events/event.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';

const PAGES = 64;

afterEach(() => setFlagsFromString('--wasm-max-mem-pages=65536'));

test('a network that outgrows the memory there can be says so', () => {
  setFlagsFromString(`--wasm-max-mem-pages=${PAGES}`);
  const detector = new NetworkDetector({ degrees: 1, tracked: 2, kept: 1_000_000 });
  const buyAll = (): void => {
    for (let time = 0; time < 1_000_000; time++) {
      detector.apply({ type: 'purchase', time, user: 'one' as UserId, amount: 1n as Micros });
    }
  };
  expect(buyAll).toThrow(new RangeError('the network takes more than 4 GB of memory'));
});
