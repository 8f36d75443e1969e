import { writeFile } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { localClients, type Clients } from '../../../lib/local/clients.ts';
import { create, type StoredDefinition } from '../../../lib/local/deploy/create-resources.ts';
import { runFilePath, type RunFile } from '../../../lib/local/run-file.ts';
import { startServices } from '../../../lib/local/services/start-services.ts';
import { SAMPLE_RESOURCES } from '../../local/sample-resources.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const DEFINITIONS: readonly StoredDefinition[] = [
  ...['input', 'output', 'journal'].map((name) => ({ kind: 'bucket', name, announcesObjects: false }) as const),
  { kind: 'stream', name: 'events', shards: 1, retentionHours: 24 },
  {
    kind: 'table',
    name: 'state',
    attributes: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    keys: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    indexes: [],
  },
];

export interface StandIns {
  /** The data folder of what looks like a local run. */
  readonly data: string;
  readonly clients: Clients;
  /** Has the services no longer answer, as after a crash: the folder still tells of them. */
  readonly crash: () => Promise<void>;
}

/** The services of a local run with its resources, and no functions: nothing is done about what is put there. */
export async function standIns(): Promise<StandIns> {
  const { folder: data } = await temporaryFolder();
  const services = await startServices({ folder: `${data}/services` });
  const clients = localClients(services.endpoints);
  let stopping: Promise<void> | undefined;
  const crash = (): Promise<void> => (stopping ??= services.stop());
  onTestFinished(async () => {
    Object.values(clients).forEach((client) => client.destroy());
    await crash();
  });
  for (const definition of DEFINITIONS) await create(definition, clients);
  const run: RunFile = { pid: process.pid, endpoints: services.endpoints, resources: SAMPLE_RESOURCES };
  await writeFile(runFilePath(data), JSON.stringify(run));
  return { data, clients, crash };
}
