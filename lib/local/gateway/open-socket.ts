import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import { FrameSizes } from './frame-sizes.ts';
import type { ConnectedClient } from './socket-events.ts';

const MINUTE_MS = 60_000;

/** As API Gateway has them. */
export const SOCKET_LIMITS = {
  messageBytes: 128 * 1024,
  frameBytes: 32 * 1024,
  idleMs: 10 * MINUTE_MS,
  longestMs: 120 * MINUTE_MS,
} as const;

const TOO_LARGE = 1009;
const GOING_AWAY = 1001;
const NORMAL = 1000;

export interface OpenSocketOptions {
  readonly client: ConnectedClient;
  readonly webSocket: WebSocket;
  readonly socket: Duplex;
  readonly clock: Clock;
  readonly onMessage: (data: { readonly bytes: Buffer; readonly isBinary: boolean }) => void;
  readonly onClose: (close: { readonly code: number; readonly reason: string }) => void;
}

/** An open WebSocket, within the limits of API Gateway. */
export class OpenSocket {
  readonly client: ConnectedClient;
  readonly #webSocket: WebSocket;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  #lastActive: number;

  constructor({ client, webSocket, socket, clock, onMessage, onClose }: OpenSocketOptions) {
    this.client = client;
    this.#webSocket = webSocket;
    this.#clock = clock;
    this.#lastActive = client.connectedAt;
    const sizes = new FrameSizes(SOCKET_LIMITS.frameBytes);
    // Before the WebSocket's own listener: it has not begun to read.
    socket.prependListener('data', (bytes: Buffer) => {
      if (sizes.isTooLargeIn(bytes)) webSocket.close(TOO_LARGE);
    });
    webSocket.on('message', (data: Buffer, isBinary) => {
      if (webSocket.readyState !== webSocket.OPEN) return;
      this.#lastActive = clock.now();
      onMessage({ bytes: data, isBinary });
    });
    // The library closes with the right code.
    webSocket.on('error', () => undefined);
    webSocket.once('close', (code, reason) => {
      this.#closed.abort();
      onClose({ code, reason: reason.toString() });
    });
    void this.#watchTime();
  }

  get lastActive(): number {
    return this.#lastActive;
  }

  /** Sends text, or bytes that are none, in frames of the size that API Gateway sends. */
  async send(bytes: Buffer): Promise<void> {
    this.#lastActive = this.#clock.now();
    const binary = !isText(bytes);
    for (let start = 0; start === 0 || start < bytes.length; start += SOCKET_LIMITS.frameBytes) {
      const frame = bytes.subarray(start, start + SOCKET_LIMITS.frameBytes);
      const fin = start + frame.length === bytes.length;
      await new Promise((resolve) => {
        this.#webSocket.send(frame, { binary, fin }, resolve);
      });
    }
  }

  /** Closes normally, or because the server goes. */
  close(reason: 'asked' | 'server ends'): void {
    if (reason === 'asked') this.#webSocket.close(NORMAL, 'Connection Closed Normally');
    else this.#webSocket.close(GOING_AWAY, 'Going away');
  }

  async #watchTime(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      const end = Math.min(this.#lastActive + SOCKET_LIMITS.idleMs, this.client.connectedAt + SOCKET_LIMITS.longestMs);
      if (this.#clock.now() >= end) return this.close('server ends');
      await this.#clock.sleep(end - this.#clock.now(), signal);
    }
  }
}

function isText(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
