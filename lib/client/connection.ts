import type { IncomingMessage } from 'node:http';
import { WebSocket, type RawData } from 'ws';

/** How a connection ended: never opened, for the server refused it with this status; or lost, or never found. */
export type ConnectionEnd =
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

interface ConnectionOptions {
  readonly url: string;
  /** Milliseconds. */
  readonly openWithin: number;
  readonly onOpen: () => void;
  readonly onMessage: (text: string) => void;
  /** Called once, unless the connection is abandoned. */
  readonly onEnd: (end: ConnectionEnd) => void;
}

const LONGEST_REASON = 500;

/** One WebSocket, from its opening to its end. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  #isOver = false;
  /** Whether anything has come from the server since the last look. */
  #isHeard = true;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#socket = new WebSocket(options.url, { handshakeTimeout: options.openWithin, perMessageDeflate: false })
      .on('open', () => this.#isOver || options.onOpen())
      .on('message', (data) => this.#hear(textOf(data)))
      .on('pong', () => (this.#isHeard = true))
      .on('unexpected-response', (_, response) => void this.#refuse(response))
      .on('error', (error) => this.#end({ kind: 'lost', reason: plainReason(error) }))
      .on('close', (code, reason) => this.#end({ kind: 'lost', reason: closeReason(code, String(reason)) }));
  }

  send(text: string): void {
    // What cannot be sent is sent again on the next connection: a failure shows as the end of this one.
    this.#socket.send(text, () => undefined);
  }

  /** Asks for a sign of life, and ends the connection if the last look brought none. */
  lookAfter(): void {
    if (!this.#isHeard) return this.fail('the server gives no sign of life');
    this.#isHeard = false;
    this.#socket.ping();
  }

  /** Ends the connection as if it had been lost. */
  fail(reason: string): void {
    this.#end({ kind: 'lost', reason });
    this.#socket.terminate();
  }

  /** Closes the connection; from now on it tells nothing any more. */
  abandon(): void {
    this.#isOver = true;
    // Of one that is not open yet, this makes an error, which then is nobody's any more.
    this.#socket.close(1000);
  }

  #hear(text: string): void {
    this.#isHeard = true;
    if (!this.#isOver) this.#options.onMessage(text);
  }

  #end(end: ConnectionEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onEnd(end);
  }

  async #refuse(response: IncomingMessage): Promise<void> {
    const status = response.statusCode ?? 0;
    const body = await bodyOf(response);
    this.#end({ kind: 'refused', status, reason: reasonIn(body) || (response.statusMessage ?? '') });
    this.#socket.terminate();
  }
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > LONGEST_REASON) break;
    }
  } catch {
    // A body that breaks off tells as much as it has told.
  }
  return text.slice(0, LONGEST_REASON).trim();
}

/** Some say it in a field of JSON, some as plain text. */
function reasonIn(body: string): string {
  try {
    // API Gateway has one answer with a capital letter: that somebody lacks a right.
    const { error, message, Message } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    const reason = error ?? message ?? Message;
    return typeof reason === 'string' ? reason : body;
  } catch {
    return body;
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}

function plainReason(error: Error): string {
  const isNodeError = 'code' in error && typeof error.code === 'string';
  // An attempt on several addresses fails with a code and no message.
  return error.message === '' && isNodeError ? String(error.code) : error.message;
}

function closeReason(code: number, reason: string): string {
  const said = reason === '' ? '' : `: ${reason}`;
  return code === 1006 ? 'the connection broke' : `the server closed the connection (${code}${said})`;
}
