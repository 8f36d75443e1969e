import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { holderOfPort } from './port-holder.ts';
import { ServiceNotStarted } from './service-not-started.ts';

/** Nobody else's machine reaches these services. And it must be the number: the SDK takes a name for a bucket's domain. */
const LOOPBACK = '127.0.0.1';

/** Listens, and gives the endpoint, such as `http://127.0.0.1:4700`. @throws ServiceNotStarted */
export async function listen(server: Server, service: string, port: number): Promise<string> {
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw notListening(service, port, error);
  }
  return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
}

/** @throws ServiceNotStarted if another program has the port */
export async function tryPort(service: string, port: number): Promise<void> {
  const server = createServer();
  await listen(server, service, port);
  await new Promise((resolve) => {
    server.close(resolve);
  });
}

/** Lets requests in hand finish; connections go as they fall idle, for clients would keep them for ever. */
export async function closeWhenIdle(server: HttpServer): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  try {
    await new Promise<void>((resolve, reject) => {
      server.close((error) => (error instanceof Error ? reject(error) : resolve()));
    });
  } finally {
    clearInterval(sweep);
  }
}

/** Whether an error says only that the client went in the middle of its request: nobody's fault. */
export function isClientGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && GONE.has(String(error.code));
}

const GONE = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
  'ERR_HTTP2_INVALID_STREAM',
]);

function notListening(service: string, port: number, error: unknown): ServiceNotStarted {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.includes('EADDRINUSE') ? `another program uses it${knownHolder(port)}` : message;
  return new ServiceNotStarted(`${service} cannot listen on port ${port} of ${LOOPBACK}: ${reason}`, { cause: error });
}

function knownHolder(port: number): string {
  const holder = holderOfPort(port);
  return holder === undefined ? '' : ` (${holder})`;
}
