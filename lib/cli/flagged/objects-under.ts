import { NoSuchObject, type ListedObject, type ObjectStore } from '../../adapters/objects/object-store.ts';

export interface ObjectsUnderOptions {
  readonly store: Pick<ObjectStore, 'list' | 'get'>;
  readonly prefix: string;
  /** Only objects whose keys come after. */
  readonly after?: string;
  /** Goes on as objects appear, looking again after each pause, until it is stopped. */
  readonly follow?: Following;
}

export interface Following {
  readonly stopped: AbortSignal;
  /** Comes back at once when it is stopped. */
  readonly pause: () => Promise<void>;
}

const FETCHED_AHEAD = 8;

/** The text of all objects under a prefix, in the order of their keys. */
export async function* objectsUnder({ store, prefix, after, follow }: ObjectsUnderOptions): AsyncGenerator<string> {
  let last = after;
  for (;;) {
    for await (const { key, text } of fetched(store, store.list(prefix, last))) {
      if (text !== undefined) yield text;
      last = key;
      if (follow?.stopped.aborted) return;
    }
    if (follow === undefined) return;
    await follow.pause();
    if (follow.stopped.aborted) return;
  }
}

interface Fetched {
  readonly key: string;
  /** Undefined if somebody has deleted it meanwhile. */
  readonly text: string | undefined;
}

/** Fetches a few at once, and gives them in their order. */
async function* fetched(
  store: Pick<ObjectStore, 'get'>,
  objects: AsyncIterable<ListedObject>,
): AsyncGenerator<Fetched> {
  const pending: Promise<Fetched>[] = [];
  for await (const { key } of objects) {
    const fetching = fetchText(store, key);
    // Whoever waits for it learns of its failure.
    fetching.catch(() => undefined);
    pending.push(fetching);
    const first = pending.length === FETCHED_AHEAD ? pending.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const fetching of pending) yield await fetching;
}

async function fetchText(store: Pick<ObjectStore, 'get'>, key: string): Promise<Fetched> {
  try {
    return { key, text: Buffer.from(await store.get(key)).toString() };
  } catch (error) {
    if (error instanceof NoSuchObject) return { key, text: undefined };
    throw error;
  }
}
