import { createServer as createHttp1Server, type Server as HttpServer } from 'node:http';
import { createServer as createHttp2Server, type Http2Server, type ServerHttp2Session } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { guard } from '../../guard.ts';
import type { AnyRequest, AnyResponse } from './answer.ts';

type Handle = (request: AnyRequest, response: AnyResponse) => void;

/**
 * One port for HTTP/1.1 and for HTTP/2 without TLS: the SDK's Kinesis client begins with HTTP/2 at once (prior knowledge),
 * other clients speak HTTP/1.1. The first bytes tell them apart.
 */
export class TwoProtocolServer {
  /** To be listened with. */
  readonly server: Server;
  readonly #http1: HttpServer;
  readonly #http2: Http2Server;
  readonly #sessions = new Set<ServerHttp2Session>();
  /** The sockets of HTTP/1.1, and how many requests each has in hand. */
  readonly #sockets = new Map<Socket, number>();

  constructor(handle: Handle) {
    this.#http1 = createHttp1Server({ keepAliveTimeout: 0 }, (request, response) => {
      this.#count(request.socket, 1);
      response.once('close', () => this.#count(request.socket, -1));
      handle(request, response);
    });
    // In megabytes: several pages of 10 MiB may be under way in one session.
    this.#http2 = createHttp2Server({ maxSessionMemory: 1000 }, handle).on('session', (session: ServerHttp2Session) =>
      this.#keep(session),
    );
    for (const server of [this.#http1, this.#http2]) guard(server, 'programs');
    this.server = createServer((socket) => {
      // A client that goes ends its connection with an error: nobody's fault.
      socket.on('error', () => undefined);
      socket.once('readable', () => this.#hand(socket));
    });
  }

  /** Lets requests in hand finish. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const session of this.#sessions) session.close();
    for (const [socket, requests] of this.#sockets) if (requests === 0) socket.destroy();
    await closed;
  }

  #hand(socket: Socket): void {
    const bytes = socket.read() as Buffer | null;
    if (bytes === null) {
      socket.destroy();
      return;
    }
    socket.unshift(bytes);
    const isHttp2 = bytes.toString('latin1', 0, PREFACE.length) === PREFACE;
    if (!isHttp2) {
      this.#sockets.set(socket, 0);
      socket.once('close', () => this.#sockets.delete(socket));
    }
    (isHttp2 ? this.#http2 : this.#http1).emit('connection', socket);
  }

  #keep(session: ServerHttp2Session): void {
    this.#sessions.add(session);
    session.once('close', () => this.#sessions.delete(session));
    session.on('error', () => undefined);
  }

  #count(socket: Socket, change: 1 | -1): void {
    const requests = (this.#sockets.get(socket) ?? 0) + change;
    if (this.#sockets.has(socket)) this.#sockets.set(socket, requests);
    if (requests === 0 && !this.server.listening) socket.end();
  }
}

const PREFACE = 'PRI';
