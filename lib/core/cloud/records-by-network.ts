import type { NetworkName } from '../network/network-name.ts';
import type { ReadRecord, RecordLine } from './record-lines.ts';

/** A record as it came off the stream, read. */
export interface ArrivedRecord extends ReadRecord {
  readonly shard: string;
  readonly sequenceNumber: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
}

/** The records by the networks that they hold lines of, each with just these lines. */
export function recordsByNetwork(
  records: readonly ArrivedRecord[],
): ReadonlyMap<NetworkName, readonly ArrivedRecord[]> {
  const networks = new Map<NetworkName, ArrivedRecord[]>();
  for (const record of records) {
    for (const [network, lines] of linesByNetwork(record.lines)) {
      const own = lines.length === record.lines.length ? record : { ...record, lines };
      const known = networks.get(network);
      if (known === undefined) networks.set(network, [own]);
      else known.push(own);
    }
  }
  return networks;
}

function linesByNetwork(lines: readonly RecordLine[]): Map<NetworkName, RecordLine[]> {
  const networks = new Map<NetworkName, RecordLine[]>();
  for (const line of lines) {
    const known = networks.get(line.network);
    if (known === undefined) networks.set(line.network, [line]);
    else known.push(line);
  }
  return networks;
}
