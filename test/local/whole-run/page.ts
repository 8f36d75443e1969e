import { once } from 'node:events';
import { WebSocket } from 'ws';
import { until } from './feed.ts';

/** A plain WebSocket. */
export interface Page {
  readonly say: (message: object | string) => void;
  readonly heard: readonly string[];
  readonly socket: WebSocket;
}

export async function openSocket(url: string): Promise<Page> {
  const socket = new WebSocket(url);
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString()));
  socket.on('error', () => undefined);
  await once(socket, 'open');
  const say = (message: object | string): void => {
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  };
  return { say, heard, socket };
}

/** Says something, and waits until something new is heard that holds this. */
export async function sayAndHear(page: Page, message: object | string, expected: string): Promise<void> {
  const before = page.heard.length;
  page.say(message);
  await until(`${JSON.stringify(message)} is answered with ${expected}`, () =>
    page.heard.slice(before).some((text) => text.includes(expected)),
  );
}

/** With which status a connection is refused. */
export async function refusalOf(url: string): Promise<number> {
  const socket = new WebSocket(url);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { readonly statusCode: number }];
  socket.terminate();
  return response.statusCode;
}
