import { NoSuchObject, type ListedObject, type ObjectStore } from '../../adapters/objects/object-store.ts';

export interface ObjectsUnderOptions {
  readonly store: Pick<ObjectStore, 'list' | 'get'>;
  readonly prefix: string;
  /** Only objects whose keys come after. */
  readonly after?: string;
  /** Goes on as objects appear, looking again after each pause, until it is stopped. */
  readonly follow?: Following;
  /** Where keys may still appear, given the last one; by default none appears before another. */
  readonly lookAgainFrom?: (last: string) => string;
}

export interface Following {
  readonly stopped: AbortSignal;
  /** Comes back at once when it is stopped. */
  readonly pause: () => Promise<void>;
}

const FETCHED_AHEAD = 8;

/** The text of all objects under a prefix, each once: in the order of their keys, as far as they appear in this order. */
export async function* objectsUnder(options: ObjectsUnderOptions): AsyncGenerator<string> {
  const { store, prefix, follow, lookAgainFrom = (last) => last } = options;
  let { after } = options;
  let last: string | undefined;
  let told: string[] = [];
  for (;;) {
    for await (const { key, text } of fetched(store, store.list(prefix, after), new Set(told))) {
      if (text !== undefined) yield text;
      if (follow?.stopped.aborted) return;
      if (follow !== undefined) told.push(key);
      if (last === undefined || compareKeys(key, last) > 0) last = key;
    }
    if (follow === undefined) return;
    if (last !== undefined) after = lookAgainFrom(last);
    told = told.filter((key) => after === undefined || compareKeys(key, after) > 0);
    await follow.pause();
    if (follow.stopped.aborted) return;
  }
}

interface Fetched {
  readonly key: string;
  /** Undefined if somebody has deleted it meanwhile. */
  readonly text: string | undefined;
}

/** Fetches those that have not been told, a few at once, and gives them in their order. */
async function* fetched(
  store: Pick<ObjectStore, 'get'>,
  objects: AsyncIterable<ListedObject>,
  told: ReadonlySet<string>,
): AsyncGenerator<Fetched> {
  const pending: Promise<Fetched>[] = [];
  for await (const { key } of objects) {
    if (told.has(key)) continue;
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

/** As S3 orders them: by their bytes in UTF-8. */
function compareKeys(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
