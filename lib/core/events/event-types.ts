import type { ReadField } from './json-fields.ts';

/**
 * Which detector an event belongs to, by its `event_type`. Every detector's function sees the whole stream and skips what
 * is another's; what is in no row belongs to nobody and is for the network's function to reject.
 */
const DETECTOR_OF_TYPE = {
  purchase: 'network',
  befriend: 'network',
  unfriend: 'network',
  transaction: 'transaction',
} as const;

type EventType = keyof typeof DETECTOR_OF_TYPE;
export type DetectorName = (typeof DETECTOR_OF_TYPE)[EventType];

const DETECTORS: ReadonlyMap<unknown, DetectorName> = new Map(Object.entries(DETECTOR_OF_TYPE));

/** The types of a detector's events. */
export function typesOf(detector: DetectorName): string[] {
  return Object.entries(DETECTOR_OF_TYPE).flatMap(([type, name]) => (name === detector ? [type] : []));
}

/** The detector that the fields of a line are meant for; undefined where their type is missing or unknown. */
export function detectorFor(read: ReadField): DetectorName | undefined {
  return DETECTORS.get(read('event_type'));
}
