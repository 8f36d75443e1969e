import type { EventMix, Workload } from './logs/workload.ts';

/** Friendships made and ended as in real logs: twenty made for each that ends. */
const BEFRIEND_SHARE = 20 / 21;

const MIX = { purchaseShare: 0.7, befriendShare: BEFRIEND_SHARE, anomalousShare: 0.002 } as const;

const SAMPLE: Workload = {
  seed: 1,
  users: 10_000,
  communities: 1,
  degrees: 2,
  tracked: 50,
  lateShare: 0,
  batch: { ...MIX, events: 500_000 },
  stream: { ...MIX, events: 1_000 },
};

const LARGE: Workload = {
  ...SAMPLE,
  users: 100_000,
  batch: growingTo({ users: 100_000, meanDegree: 10, events: 1_000_000 }),
  stream: { ...MIX, events: 100_000 },
};

const MANY_STREAM_EVENTS: EventMix = { ...MIX, events: 100_000 };

export const WORKLOAD_NAMES = ['sample', 'large', 'deep', 'hub', 'late'] as const;

export type WorkloadName = (typeof WORKLOAD_NAMES)[number];

export const WORKLOADS: Record<WorkloadName, Workload> = {
  sample: SAMPLE,
  large: LARGE,
  deep: { ...SAMPLE, degrees: 4, stream: MANY_STREAM_EVENTS },
  hub: {
    ...SAMPLE,
    users: 110_000,
    hub: { friends: 100_000, purchaseShare: 0.02 },
    batch: { ...MIX, events: 1_000_000, purchaseShare: 0.6 },
    stream: MANY_STREAM_EVENTS,
  },
  late: { ...SAMPLE, lateShare: 0.05, stream: MANY_STREAM_EVENTS },
};

/** A batch log with as many friendship events as it takes to reach a mean degree, and purchases for the rest. */
export function growingTo(network: { users: number; meanDegree: number; events: number }): EventMix {
  const friendships = (network.users * network.meanDegree) / 2;
  const changes = friendships / (2 * BEFRIEND_SHARE - 1);
  return { ...MIX, events: network.events, purchaseShare: 1 - changes / network.events };
}
