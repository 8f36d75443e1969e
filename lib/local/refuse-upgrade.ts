import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

export interface UpgradeRefusal {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

/** Answers the wish for a WebSocket with a plain response. */
export function refuseUpgrade(socket: Duplex, { status, body }: UpgradeRefusal): void {
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  // A client that goes meanwhile ends its connection with an error: nobody's fault.
  socket.on('error', () => undefined);
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`);
}
