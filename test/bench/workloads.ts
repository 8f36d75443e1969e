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

const MANY_STREAM_EVENTS: EventMix = { ...MIX, events: 100_000 };

export const WORKLOAD_NAMES = ['sample', 'large', 'deep', 'hub', 'late'] as const;

export type WorkloadName = (typeof WORKLOAD_NAMES)[number];

export const WORKLOADS: Record<WorkloadName, Workload> = {
  sample: SAMPLE,
  large: growingNetwork(100_000),
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

/** Ten events per user in the batch log, of which friendships take as many as make a mean degree of 10. */
export function growingNetwork(users: number): Workload {
  const events = 10 * users;
  const friendships = 5 * users;
  const changes = friendships / (2 * BEFRIEND_SHARE - 1);
  return {
    ...SAMPLE,
    users,
    batch: { ...MIX, events, purchaseShare: 1 - changes / events },
    stream: MANY_STREAM_EVENTS,
  };
}
