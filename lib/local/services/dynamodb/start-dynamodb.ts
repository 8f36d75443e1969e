import { mkdir } from 'node:fs/promises';
import dynalite from 'dynalite';
import { guard } from '../../guard.ts';
import { closeWhenIdle, listen, tryPort } from '../loopback.ts';
import { settleTables } from './settle-tables.ts';

export interface DynamoDbOptions {
  readonly folder: string;
  /** 0: any free port. */
  readonly port: number;
}

export interface LocalDynamoDb {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** dynalite on a folder. No transactions, no TTL, no streams of changes, no point-in-time recovery. @throws ServiceNotStarted, StoreNotOpened */
export async function startDynamoDb({ folder, port }: DynamoDbOptions): Promise<LocalDynamoDb> {
  // dynalite opens its database before it listens, and closes it only when it has listened: so the port is tried first.
  await tryPort('DynamoDB', port);
  await mkdir(folder, { recursive: true });
  await settleTables(folder);
  const server = dynalite({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  // dynalite throws, and would take the process with it, when a client goes in the middle of a request.
  server.on('request', (request) => {
    request.removeAllListeners('error');
    request.on('error', () => undefined);
  });
  server.keepAliveTimeout = 0;
  guard(server, 'programs');
  return { endpoint: await listen(server, 'DynamoDB', port), stop: () => closeWhenIdle(server) };
}
