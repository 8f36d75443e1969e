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
  /** What it does with the nth point, or ping, that it gets, from 0, and with what follows in the same message. */
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
  /** The points, and pings, each by itself. */
  readonly messages: string[] = [];
  /** How many points each message held. */
  readonly sizes: number[] = [];
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
    const message = JSON.parse(text) as ReceivedPoint | { points: ReceivedPoint[] } | { ping: true };
    const points = 'points' in message ? message.points : 'ping' in message ? [] : [message];
    const moods = (points.length > 0 ? points : [message]).map((each) => {
      const { alone: _, ...plain } = each as object & { alone?: true };
      const nth = this.messages.push(JSON.stringify(plain)) - 1;
      return this.#options.mischief?.(nth) ?? 'none';
    });
    if ('ping' in message) return socket.send('{"pong":true}');
    this.sizes.push(points.length);
    const bad = moods.findIndex((mood) => mood !== 'none');
    const isList = 'points' in message;
    // A list is answered up to where the mischief begins.
    if (bad !== 0) this.#deal(socket, { points: points.slice(0, bad < 0 ? undefined : bad), mischief: 'none', isList });
    const mischief = moods[bad];
    if (mischief !== undefined) this.#deal(socket, { points: points.slice(bad), mischief, isList });
  }

  #deal(
    socket: WebSocket,
    {
      points,
      mischief,
      isList,
    }: { readonly points: readonly ReceivedPoint[]; readonly mischief: Mischief; readonly isList: boolean },
  ): void {
    if (mischief !== 'lose the point' && mischief !== 'be in trouble') {
      for (const point of points) this.stored.set(point.sequence, point);
    }
    const answers = points.map((point) => {
      const { sequence, timestamp } = point;
      return { sequence, timestamp, anomaly: false, ...this.#options.answer?.(point) };
    });
    const answer = JSON.stringify(isList ? { answers } : answers[0]);
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
