import { redriveNetworks } from '../../../functions/live-events/redrive-networks.ts';
import { NetworkSession, type Redriven } from '../../../lib/adapters/network/network-session.ts';
import { S3ObjectStore } from '../../../lib/adapters/objects/s3-object-store.ts';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { decodeBody, encodeBody } from '../../../lib/core/cloud/body-codec.ts';
import type { CommitBody } from '../../../lib/core/cloud/commit-body.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import { redrivenKey } from '../../../lib/core/cloud/object-keys.ts';
import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import { lanesIn } from '../../../lib/core/cloud/redrive/lanes.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { RIGHT_PARTS, type Parts, type StoreOptions, type Stores } from '../application/application.ts';

/** Mistakes that are easily made in putting batches back, planted one at a time: the simulation has to catch each. */
export const REDRIVE_MISTAKES: Readonly<Record<string, Parts>> = {
  'what is behind the position taken for applied': {
    ...RIGHT_PARTS,
    openSession: (network, options) => new PositionalSession(network, options),
  },
  'what a batch had done not looked for in the history': withBodies((body) => ({
    ...body,
    covers: [],
    sourceCovers: [],
  })),
  'bodies believed though they were not committed': withBodies(claimed),
  'what was put back not marked': { ...RIGHT_PARTS, stores: (options) => storesThatForgetMarks(options) },
  'marks written before the commit': { ...RIGHT_PARTS, stores: (options) => storesThatMarkFirst(options) },
  'the position left where it was': { ...RIGHT_PARTS, stores: (options) => storesThatStay(options) },
  'a batch told to be put back that was not': {
    ...RIGHT_PARTS,
    redrive: async (request, options) => {
      const answer = await redriveNetworks(request, options);
      if (answer.outcome !== 'read') return answer;
      return { ...answer, parts: answer.parts.map((part) => ({ ...part, failure: undefined })) };
    },
  },
};

/** Puts back as if the records came over the stream. */
class PositionalSession extends NetworkSession {
  override async redrive(records: readonly ArrivedRecord[]): Promise<Redriven> {
    await this.apply(records);
    return { putBack: 0, applied: 0, unknown: 0, deleted: 0 };
  }
}

/** Changes bodies as they are read. */
function withBodies(change: (body: CommitBody) => CommitBody): Parts {
  return { ...RIGHT_PARTS, stores: (options) => storesThatChange(change, options) };
}

function storesThatChange(change: (body: CommitBody) => CommitBody, options: StoreOptions): Stores {
  class Journal extends S3ObjectStore {
    override async get(key: string): Promise<Uint8Array> {
      const data = await super.get(key);
      return key.startsWith('bodies/') ? Buffer.from(encodeBody(change(decodeBody(data)))) : data;
    }
  }
  return { ...RIGHT_PARTS.stores(options), journal: new Journal(options.journal) };
}

/** What it would have made true, as if it had. */
function claimed(body: CommitBody): CommitBody {
  const { before, covers } = body;
  if (before === undefined) return body;
  const moved = covers.map(({ shard, last }) => [shard, { sequenceNumber: last, at: 0 }] as const);
  return { ...body, before: { ...before, shards: { ...before.shards, ...Object.fromEntries(moved) } } };
}

function storesThatForgetMarks(options: StoreOptions): Stores {
  class Journal extends S3ObjectStore {
    override async put(key: string, ...rest: [Uint8Array | string, string?]): Promise<void> {
      if (!key.startsWith('redriven/')) await super.put(key, ...rest);
    }
  }
  return { ...RIGHT_PARTS.stores(options), journal: new Journal(options.journal) };
}

function storesThatMarkFirst(options: StoreOptions): Stores {
  class Journal extends S3ObjectStore {
    override async put(key: string, body: Uint8Array | string, contentType?: string): Promise<void> {
      await super.put(key, body, contentType);
      if (!key.startsWith('bodies/')) return;
      const decoded = decodeBody(body);
      if (decoded.redriven === undefined) return;
      const network = /network=([^/]+)\//.exec(key)?.[1] as NetworkName;
      for (const { lane, stretch } of lanesIn(decoded)) await super.put(redrivenKey(network, lane, stretch), '');
    }
  }
  return { ...RIGHT_PARTS.stores(options), journal: new Journal(options.journal) };
}

/** Who has been taken for dead can still apply what was put back. */
function storesThatStay(options: StoreOptions): Stores {
  const redriven = new Map<string, CommitBody>();
  class Journal extends S3ObjectStore {
    override async put(key: string, body: Uint8Array | string, contentType?: string): Promise<void> {
      const decoded = key.startsWith('bodies/') ? decodeBody(body) : undefined;
      if (decoded?.redriven !== undefined) redriven.set(/\d{12}-(.+)\.json$/.exec(key)?.[1] ?? '', decoded);
      await super.put(key, body, contentType);
    }
  }
  class State extends DynamoStateStore {
    override async writeHead(head: Head): Promise<boolean> {
      const before = redriven.get(head.bodies.at(-1) ?? '')?.before;
      return super.writeHead(before === undefined ? head : { ...head, shards: before.shards, sources: before.sources });
    }
  }
  return {
    ...RIGHT_PARTS.stores(options),
    journal: new Journal(options.journal),
    state: new State(options.table),
  };
}
