import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** What a server may do with a message, beside answering it. */
export type Mischief =
  | 'none'
  /** Answers after it has dealt with the next message, or when it is told to. */
  | 'answer later'
  | 'answer when told'
  | 'answer twice'
  /** Stores the point, and says nothing. */
  | 'lose the answer'
  | 'lose the point'
  /** Stores the point, and closes. */
  | 'close'
  | 'break'
  | 'be in trouble'
  | 'talk nonsense';

export interface ReceivedPoint {
  readonly sequence: number;
  readonly timestamp: string | number;
  readonly value: number;
}

export interface FakeServerOptions {
  /** What it does with the nth message that it gets, from 0. */
  readonly mischief?: (message: number) => Mischief;
  /** With what it refuses the nth connection, from 0, if at all. */
  readonly refusal?: (connection: number) => { readonly status: number; readonly body?: string } | undefined;
  readonly answer?: (point: ReceivedPoint) => object;
}

type Answering = (socket: WebSocket, answer: string) => void;

/** A server of series on this machine that keeps to the protocol, but for its mischief. */
export class FakeSeriesServer {
  /** Each number once, as the system would store them. */
  readonly stored = new Map<number, ReceivedPoint>();
  readonly messages: string[] = [];
  readonly requests: string[] = [];
  readonly sockets: WebSocket[] = [];
  readonly #options: FakeServerOptions;
  readonly #http: Server;
  readonly #held: (() => void)[] = [];
  readonly #heldForNext: (() => void)[] = [];

  private constructor(http: Server, options: FakeServerOptions) {
    this.#http = http;
    this.#options = options;
    const server = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request, socket, head) => {
      const nth = this.requests.push(request.url ?? '') - 1;
      const refusal = options.refusal?.(nth);
      if (refusal === undefined) {
        server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket));
        return;
      }
      const { status, body = '' } = refusal;
      socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    });
  }

  static async start(options: FakeServerOptions = {}, port = 0): Promise<FakeSeriesServer> {
    const http = createServer();
    const server = new FakeSeriesServer(http, options);
    await once(http.listen(port, '127.0.0.1'), 'listening');
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/series`;
  }

  get storedValues(): number[] {
    return [...this.stored.values()].toSorted((a, b) => a.sequence - b.sequence).map(({ value }) => value);
  }

  /** Lets go of the answers that are held back. */
  release(): void {
    for (const answer of [...this.#heldForNext.splice(0), ...this.#held.splice(0)]) answer();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #accept(socket: WebSocket): void {
    this.sockets.push(socket);
    socket
      .setMaxListeners(0)
      .on('error', () => undefined)
      .on('message', (data: Buffer) => this.#read(socket, data.toString()));
  }

  #read(socket: WebSocket, text: string): void {
    const nth = this.messages.push(text) - 1;
    const mischief = this.#options.mischief?.(nth) ?? 'none';
    const point = JSON.parse(text) as ReceivedPoint | { ping: true };
    if ('ping' in point) return socket.send('{"pong":true}');
    if (mischief !== 'lose the point' && mischief !== 'be in trouble') this.stored.set(point.sequence, point);
    const { sequence, timestamp } = point;
    const answer = JSON.stringify({ sequence, timestamp, anomaly: false, ...this.#options.answer?.(point) });
    const held = this.#heldForNext.splice(0);
    this.#answering[mischief](socket, answer);
    for (const earlier of held) earlier();
  }

  readonly #answering: Readonly<Record<Mischief, Answering>> = {
    none: (socket, answer) => socket.send(answer),
    'answer later': (socket, answer) => void this.#heldForNext.push(() => socket.send(answer, () => undefined)),
    'answer when told': (socket, answer) => void this.#held.push(() => socket.send(answer, () => undefined)),
    'answer twice': (socket, answer) => {
      socket.send(answer);
      socket.send(answer);
    },
    'lose the answer': () => undefined,
    'lose the point': () => undefined,
    close: (socket) => socket.close(1001),
    break: (socket) => socket.terminate(),
    'be in trouble': (socket) => socket.send('{"message":"Internal server error","requestId":"r"}'),
    'talk nonsense': (socket, answer) => {
      socket.send(answer);
      socket.send('<html>');
    },
  };
}
