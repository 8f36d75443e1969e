import type { Connections } from '../../../lib/adapters/sockets/connections.ts';

/** Connections that note what they are told. */
export class NotedConnections implements Connections {
  readonly heard = new Map<string, object[]>();
  readonly gone = new Set<string>();
  readonly failing = new Set<string>();

  async post(id: string, text: string): Promise<'sent' | 'gone'> {
    if (this.failing.has(id)) throw new Error('API Gateway is on fire');
    if (this.gone.has(id)) return 'gone';
    this.heard.set(id, [...(this.heard.get(id) ?? []), JSON.parse(text) as object]);
    return 'sent';
  }

  async close(): Promise<void> {
    throw new Error('nobody closes connections here');
  }

  /** The last that a connection was told. */
  last(id: string): object | undefined {
    return this.heard.get(id)?.at(-1);
  }
}
