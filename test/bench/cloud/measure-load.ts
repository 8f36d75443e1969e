import { createReadStream, statSync, writeFileSync } from 'node:fs';
import { BatchLog } from '../../../functions/batch-log/batch-log.ts';
import { CommitLog } from '../../../lib/adapters/network/commit-log.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import type { OpenObject } from '../../../lib/adapters/objects/object-store.ts';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { WORLD } from '../../../lib/adapters/world.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { dynamoClient } from './clients.ts';
import { Meter } from './meter.ts';
import { SimulatedDynamo } from './simulated-dynamo.ts';

/** Loads the batch log of a file; leaves how long reading it took and writing the users, as JSON, in another. */

export interface LoadMeasured {
  readonly events: number;
  readonly readMs: number;
  readonly writeMs: number;
  readonly writeUnits: number;
}

const [path = '', result = ''] = process.argv.slice(2);

class FileStore extends MemoryObjectStore {
  override async open(): Promise<OpenObject> {
    const body = createReadStream(path, { highWaterMark: 64 * 1024 });
    const found = {
      size: statSync(path).size,
      etag: 'file',
      identity: 'file',
      lastModified: new Date(0),
      metadata: {},
    };
    return { ...found, body, discard: () => undefined };
  }
}

let readMs = 0;

class TimedStore extends DynamoStateStore {
  override async createUsers(...users: Parameters<DynamoStateStore['createUsers']>): Promise<boolean> {
    readMs ||= performance.now() - start;
    return super.createUsers(...users);
  }
}

const meter = new Meter();
// Keeps nothing but what it is asked for again: this process's memory is to be the function's.
const table = new SimulatedDynamo(meter, { keepUsers: false });
const state = new TimedStore({ client: dynamoClient(table, meter), table: 'state' });
const [input, output, journal] = [new FileStore(), new MemoryObjectStore(), new MemoryObjectStore()];
const log = new CommitLog({ state, journal, defaults: { degrees: 2, tracked: 50 }, keptPurchases: 0 });
const batchLog = new BatchLog({ ...WORLD, state, log, stores: { state, output }, input });
const start = performance.now();
await batchLog.handle({ key: 'batch_log.json', sequencer: '1', at: 0 }, () => 900_000);
const wallMs = performance.now() - start;
const { events = 0 } = (await state.readLoad(DEFAULT_NETWORK)) ?? {};
const writeMs = wallMs - readMs - meter.simulationMs;
const measured: LoadMeasured = { events, readMs, writeMs, writeUnits: meter.writeUnits };
writeFileSync(result, JSON.stringify(measured));
