import { expect, test } from 'vitest';
import { detectorFor, typesOf } from '../../../lib/core/events/event-types.ts';

test('each type of event belongs to one detector', () => {
  expect(typesOf('network')).toEqual(['purchase', 'befriend', 'unfriend']);
  for (const detector of ['network', 'transaction'] as const) {
    for (const type of typesOf(detector)) expect(detectorFor(() => type)).toBe(detector);
  }
  expect(detectorFor(() => 'gossip')).toBeUndefined();
});
