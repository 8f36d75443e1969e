import { isWatched } from '../../core/series-cloud/series-head.ts';
import type { World } from '../world.ts';
import type { SeriesStore } from './series-store.ts';
import { DiscreetError } from '../telemetry/discreet-error.ts';

export interface WatchOptions extends World {
  readonly series: SeriesStore;
  /** For how long a client that is not heard of is remembered, in milliseconds. */
  readonly keptMs: number;
}

/** Somewhat longer than a page waits between two pings, each of which asks again. */
const WATCHED_MS = 6 * 60 * 1000;
/** With as much time left, nothing is written: somebody else has just asked. */
const LONG_ENOUGH_MS = 5 * 60 * 1000;
const MOST_CONFLICTS = 100;
const PAUSE_MS = 5;

/**
 * Has a client's points told to who watches, for a while. The mark stands in the head, which whoever takes points holds
 * anyway: so it costs nobody a read, and where there is none, nothing at all. A client that is not known is left alone.
 */
export async function watchClient({ series, ...world }: WatchOptions, client: string): Promise<void> {
  const { now, newToken, sleep, keptMs } = world;
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
    const before = (await series.readClient(client))?.head;
    if (before === undefined || isWatched(before, now() + LONG_ENOUGH_MS)) return;
    const watchedUntil = now() + WATCHED_MS;
    const head = { ...before, version: before.version + 1, commit: newToken(), watchedUntil };
    if (await series.writeHead(head, before, before.seenAt + keptMs)) return;
    await sleep(PAUSE_MS * conflicts);
  }
  throw new DiscreetError(`others committed first ${MOST_CONFLICTS} times in a row`);
}
