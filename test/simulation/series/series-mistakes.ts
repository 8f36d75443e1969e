import { SeriesSession } from '../../../lib/adapters/series/series-session.ts';
import type { Entry } from '../../../lib/core/series-cloud/entry.ts';
import type { SeriesStore } from '../../../lib/adapters/series/series-store.ts';
import type { Tamper } from './world.ts';

/** Mistakes that are easily made in such a design, planted one at a time: the simulation has to catch each. */
export const SERIES_MISTAKES: Readonly<Record<string, Tamper>> = {
  'a commit without its condition': withStore((store) => ({
    writeHead: async (head, _, expires) => {
      const stored = await store.readClient(head.client);
      return store.writeHead(head, stored?.head, expires);
    },
  })),
  'answers that are noted as sent before they are': (options) => ({
    ...options,
    connections: {
      ...options.connections,
      post: async (id, text) => {
        void options.connections.post(id, text).catch(() => undefined);
        return 'sent';
      },
      close: (id) => options.connections.close(id),
    },
  }),
  'early messages that nobody looks for after the turn': withStore(() => ({ readParked: async () => [] })),
  'a checkpoint that is not the one of the chunk': withStore((store) => ({
    readCheckpoint: async (head) => {
      const checkpoint = await store.readCheckpoint(head);
      return checkpoint && { ...checkpoint, place: head.chunks * 32 };
    },
    writeCheckpoint: async (head, checkpoint, expires) => {
      if (checkpoint.place % 64 === 32) await store.writeCheckpoint(head, checkpoint, expires);
    },
  })),
  'a full chunk that is never written': withStore(() => ({ writeChunk: async () => undefined })),
  'only the first of several full chunks written': withStore((store) => ({
    writeChunk: async (head, chunk, expires) => {
      if (chunk.index === head.chunks) await store.writeChunk(head, chunk, expires);
    },
  })),
  'every message taken for one that is alone': (options) => ({
    ...options,
    openSession: (client, own) => new CarelessSession(client, own),
  }),
  'duplicates that are not looked for': withStore(() => ({ readChunk: async () => undefined })),
  'one session of all clients': (options) => {
    const sessions = new Map<string, SeriesSession>();
    return {
      ...options,
      openSession: (client, own) => {
        const session = sessions.get('') ?? new SeriesSession(client, own);
        sessions.set('', session);
        return session;
      },
    };
  },
};

/** Lets nobody wait for a turn. */
class CarelessSession extends SeriesSession {
  override receive(entry: Entry): Promise<boolean> {
    return super.receive({ ...entry, isAlone: true });
  }
}

function withStore(change: (store: SeriesStore) => Partial<SeriesStore>): Tamper {
  return (options) => {
    const { store } = options;
    const changed = change(store);
    const tampered = new Proxy(store, {
      get: (target, name: keyof SeriesStore) => {
        const value = changed[name] ?? target[name];
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
      },
    });
    return { ...options, store: tampered };
  };
}
