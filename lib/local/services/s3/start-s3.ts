import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { guard } from '../../guard.ts';
import { closeWhenIdle, isClientGone, listen } from '../loopback.ts';
import { CreatedEvents } from './created-events.ts';
import type { ObjectCreatedListener } from './object-created.ts';
import { errorReply, send } from './protocol/reply.ts';
import { readRequest } from './protocol/request.ts';
import { S3Error } from './protocol/s3-error.ts';
import { operationFor } from './routes.ts';
import { openStorage, type Storage } from './storage/storage.ts';

export interface S3Options {
  readonly folder: string;
  /** 0: any free port. */
  readonly port: number;
  /** Told of faults of this S3 itself. */
  readonly onFault?: (error: unknown) => void;
}

export interface LocalS3 {
  readonly endpoint: string;
  onObjectCreated(listener: ObjectCreatedListener): void;
  stop(): Promise<void>;
}

/** A small S3: buckets and objects in a folder, path style, no signatures, no versions, no access rules. */
export async function startS3({ folder, port, onFault = () => undefined }: S3Options): Promise<LocalS3> {
  const storage = await openStorage(folder);
  const events = new CreatedEvents(storage.ledger);
  const server = createServer((message, response) => {
    answer({ storage, events, message, response }).catch((error: unknown) => {
      response.destroy();
      if (!isClientGone(error)) onFault(error);
    });
  });
  // Uploads may take long, and clients keep their connections: closing idle ones would race with their next request.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  guard(server, 'programs');
  const endpoint = await listening(server, port, storage);
  return {
    endpoint,
    onObjectCreated: (listener) => events.listen(listener),
    stop: () => stop(server, storage),
  };
}

async function listening(server: Server, port: number, { ledger }: Storage): Promise<string> {
  try {
    return await listen(server, 'S3', port);
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

async function stop(server: Server, { ledger }: Storage): Promise<void> {
  await closeWhenIdle(server);
  await ledger.close();
}

interface Exchange {
  readonly storage: Storage;
  readonly events: CreatedEvents;
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
}

async function answer({ storage, events, message, response }: Exchange): Promise<void> {
  try {
    const request = readRequest(message);
    response.setHeader('x-amz-request-id', request.id);
    const operation = operationFor(request);
    await send(await operation({ ...storage, events, request, now: Date.now() }), response);
  } catch (error) {
    if (response.headersSent || isClientGone(error)) throw error;
    await send(errorReply(asS3Error(error), { Resource: message.url ?? '' }), response);
    if (!(error instanceof S3Error)) throw error;
  }
  // What was refused unread is read to nowhere, so that the client gets to the reply.
  message.resume();
}

function asS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  return new S3Error('InternalError', { message: error instanceof Error ? error.message : String(error) });
}
