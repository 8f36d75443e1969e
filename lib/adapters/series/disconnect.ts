import { disconnectedHead } from '../../core/series-cloud/new-head.ts';
import { isConnected } from '../../core/series-cloud/series-head.ts';
import type { World } from '../world.ts';
import type { SeriesStore } from './series-store.ts';
import { DiscreetError } from '../telemetry/discreet-error.ts';

export interface DisconnectOptions extends World {
  readonly store: SeriesStore;
  readonly keptMs: number;
}

const MOST_CONFLICTS = 100;
const PAUSE_MS = 5;

/** Notes that a connection is gone, unless the client has another one by now. */
export async function disconnect(options: DisconnectOptions, client: string, connectionId: string): Promise<void> {
  const { store, newToken, now, sleep, keptMs } = options;
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
    const before = (await store.readClient(client))?.head;
    if (before?.connection?.id !== connectionId || !isConnected(before)) return;
    const seenAt = now();
    const head = { ...disconnectedHead(before), version: before.version + 1, commit: newToken(), seenAt };
    if (await store.writeHead(head, before, seenAt + keptMs)) return unlist(options, client);
    await sleep(PAUSE_MS * conflicts);
  }
  throw new DiscreetError(`others committed first ${MOST_CONFLICTS} times in a row`);
}

/** Whoever connects is listed after the commit: so one who has connected meanwhile is seen here, and listed again. */
async function unlist({ store, now, keptMs }: DisconnectOptions, client: string): Promise<void> {
  await store.unlistActive(client);
  const state = await store.readClient(client);
  if (state !== undefined && isConnected(state.head)) await store.listClient(client, 'active', now() + keptMs);
}
