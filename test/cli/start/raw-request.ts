import { connect } from 'node:net';

export interface RawRequest {
  /** The first line; `GET / HTTP/1.1` unless given. */
  readonly line?: string;
  /** In place of the host that the endpoint is. */
  readonly host?: string | null;
  readonly headers?: readonly string[];
  readonly body?: Uint8Array | string;
}

/** Longer than anything here takes to be refused. */
const PATIENCE_MS = 20_000;

/** Sends bytes as no client would, and gives the status that comes back: 0 if the connection ends without one. */
export async function statusOf(endpoint: string, request: RawRequest): Promise<number> {
  const { hostname, port, host } = new URL(endpoint);
  const socket = connect(Number(port), hostname);
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  // What is refused before its end is often cut off: the answer has come by then.
  socket.on('error', () => undefined);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
    if (/^HTTP\/1\.1 (?!100)\d{3}/.test(heard) && heard.includes('\r\n\r\n')) socket.destroy();
  });
  socket.write(bytesOf(request, host));
  await ended;
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(heard.replace(/^HTTP\/1\.1 100[^]*?\r\n\r\n/, ''))?.[1] ?? 0);
}

function bytesOf({ line = 'GET / HTTP/1.1', host, headers = [], body = '' }: RawRequest, own: string): Buffer {
  const named = host === null ? [] : [`Host: ${host ?? own}`];
  const size = Buffer.byteLength(body);
  const sized = size > 0 && !headers.some((header) => /^(?:content-length|transfer-encoding)/i.test(header));
  const lines = [line, ...named, ...headers, ...(sized ? [`Content-Length: ${size}`] : [])];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}
