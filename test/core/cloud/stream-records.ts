import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';

/** A record as a function reads it from the stream. */
export function streamRecord(sequenceNumber: number, lines: readonly string[], shard = 's'): ArrivedRecord {
  const data = Buffer.from(lines.join('\n'));
  return { ...readRecord(data), shard, sequenceNumber: String(sequenceNumber), at: 1_000 * sequenceNumber };
}

/** A line of an event that names its network, or none. */
export function buys(id: string, network?: string): string {
  return JSON.stringify({ event_type: 'purchase', timestamp: '2017-06-13 11:33:01', id, amount: '16.83', network });
}
