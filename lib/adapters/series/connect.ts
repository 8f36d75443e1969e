import type { ConnectRequest } from '../../core/series-cloud/connect-request.ts';
import { connectedHead, newHead, sourceOf, type Connecting } from '../../core/series-cloud/new-head.ts';
import { TAKEN_OVER } from '../../core/series-cloud/series.ts';
import { isConnected, type HeldConnection, type SeriesHead } from '../../core/series-cloud/series-head.ts';
import type { Limits } from '../../core/series/series-options.ts';
import type { Connections } from '../sockets/connections.ts';
import type { DisconnectOptions } from './disconnect.ts';
import { DiscreetError } from '../telemetry/discreet-error.ts';

export interface ConnectOptions extends DisconnectOptions {
  readonly connections: Connections;
  readonly limits: Limits;
}

export interface NewConnection extends ConnectRequest {
  readonly connection: HeldConnection;
  /** Who connects. */
  readonly owner: string;
}

export type Connected = 'connected' | 'of another owner' | 'later one is there';

/** Longer than any connection lives. */
const CONNECTION_KEPT_MS = 3 * 60 * 60 * 1000;
const MOST_CONFLICTS = 100;
const PAUSE_MS = 5;

/** Makes a connection the one of its client; an earlier one is told, and closed. */
export async function connect(options: ConnectOptions, request: NewConnection): Promise<Connected> {
  const { store, now, sleep, limits } = options;
  const { client, connection, source } = request;
  const record = { id: connection.id, client, source: sourceOf(source, connection.id) };
  await store.writeConnection(record, now() + CONNECTION_KEPT_MS);
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
    const connecting: Connecting = { ...request, limits, now: now() };
    const before = (await store.readClient(client))?.head;
    const refusal = before && !isForgotten(before, connecting.now, options) && refusalOf(before, request);
    if (refusal) return refusal;
    if (await commit(options, before, connecting)) {
      await endEarlier(options, before?.connection, connection);
      return 'connected';
    }
    await sleep(PAUSE_MS * conflicts);
  }
  throw new DiscreetError(`others committed first ${MOST_CONFLICTS} times in a row`);
}

/** Tells whoever is on a connection that it is not its client's any more, and closes it. */
export async function endTakenOver({ connections }: Pick<ConnectOptions, 'connections'>, id: string): Promise<void> {
  if ((await connections.post(id, TAKEN_OVER)) === 'sent') await connections.close(id);
}

function refusalOf(head: SeriesHead, { owner, connection }: NewConnection): Connected | undefined {
  if (head.owner !== '' && head.owner !== owner) return 'of another owner';
  const { id, at } = isConnected(head) && head.connection ? head.connection : connection;
  return id !== connection.id && at > connection.at ? 'later one is there' : undefined;
}

/** Its time is over, though it may still be there: its chunks need not be. */
function isForgotten({ seenAt }: SeriesHead, now: number, { keptMs }: ConnectOptions): boolean {
  return seenAt + keptMs <= now;
}

async function commit(
  options: ConnectOptions,
  before: SeriesHead | undefined,
  connecting: Connecting,
): Promise<boolean> {
  const { store, newToken, keptMs } = options;
  const { client, now } = connecting;
  const expires = now + keptMs;
  await store.listClient(client, 'all', expires + keptMs);
  const known = before !== undefined && !isForgotten(before, now, options) ? before : newHead(connecting, newToken());
  const next = {
    ...connectedHead(known, connecting),
    version: (before?.version ?? 0) + 1,
    commit: newToken(),
  };
  const isWritten =
    (await store.writeHead(next, before, expires)) || (await store.readClient(client))?.head.commit === next.commit;
  if (isWritten) await store.listClient(client, 'active', expires);
  return isWritten;
}

async function endEarlier(
  options: ConnectOptions,
  earlier: HeldConnection | undefined,
  connection: HeldConnection,
): Promise<void> {
  if (earlier === undefined || earlier.id === connection.id) return;
  // Whatever keeps it from being told, the later one has taken over.
  await endTakenOver(options, earlier.id).catch(() => undefined);
}
