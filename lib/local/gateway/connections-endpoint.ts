import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf, sendJson } from './front-server.ts';
import { SOCKET_LIMITS, type OpenSocket } from './open-socket.ts';

interface ConnectionRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Undefined: nobody is there. */
  readonly socket: OpenSocket | undefined;
}

type Answer = (response: ServerResponse, socket: OpenSocket, body: Buffer) => Promise<void> | void;

const METHODS: Readonly<Record<string, Answer>> = {
  POST: async (response, socket, body) => {
    await socket.send(body);
    response.writeHead(200).end();
  },
  GET: (response, { client, lastActive }) => {
    const { connectedAt, sourceIp, userAgent } = client;
    sendJson(response, 200, {
      connectedAt: new Date(connectedAt).toISOString(),
      lastActiveAt: new Date(lastActive).toISOString(),
      identity: { sourceIp, userAgent },
    });
  },
  DELETE: (response, socket) => {
    socket.close('asked');
    response.writeHead(204).end();
  },
};

/** The connection that a request such as `/series/@connections/L0SM9cOFvHcCIhw=` is about. */
export function connectionIdIn(stage: string, request: IncomingMessage): string | undefined {
  const path = pathOf(request);
  const prefix = [`/${stage}/@connections/`, `/${stage}/%40connections/`].find((start) => path.startsWith(start));
  return prefix === undefined ? undefined : decoded(path.slice(prefix.length));
}

/** What cannot be decoded is nobody's id. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** What functions do with connections: send, close, ask. */
export async function answerConnectionRequest({ request, response, socket }: ConnectionRequest): Promise<void> {
  const body = await readBody(request);
  const answer = METHODS[request.method ?? ''];
  if (answer === undefined) return fail(response, 403, 'ForbiddenException');
  if (body.length > SOCKET_LIMITS.messageBytes) return fail(response, 413, 'PayloadTooLargeException');
  if (socket === undefined) return fail(response, 410, 'GoneException');
  await answer(response, socket, body);
}

function fail(response: ServerResponse, status: number, type: string): void {
  response.setHeader('x-amzn-errortype', type);
  sendJson(response, status, { message: type.replace('Exception', '') });
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // Enough to tell that it is too large.
    if (size <= SOCKET_LIMITS.messageBytes) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}
