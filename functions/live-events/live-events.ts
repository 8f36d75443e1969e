import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import type { Applied, NetworkSession } from '../../lib/adapters/network/network-session.ts';
import type { KeptRecord } from '../../lib/core/operations/read-failure.ts';
import { recordsByNetwork, type ArrivedRecord } from '../../lib/core/cloud/records-by-network.ts';
import { readRecord } from '../../lib/core/cloud/record-lines.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';

export interface LiveEventsOptions {
  readonly openSession: (network: NetworkName) => NetworkSession;
  /** Users in memory over all networks; beyond, the networks that have been silent longest are forgotten. */
  readonly mostUsers: number;
  readonly onApplied: (network: NetworkName, applied: Applied) => void;
  readonly onFailed: (network: NetworkName, error: unknown) => void;
}

/** Applies batches of the stream to the networks that they name. One per sandbox: it remembers what it has read. */
export class LiveEvents {
  readonly #options: LiveEventsOptions;
  /** The networks in memory; the one used last comes last. */
  readonly #sessions = new Map<NetworkName, NetworkSession>();

  constructor(options: LiveEventsOptions) {
    this.#options = options;
  }

  /**
   * Applies a batch, network by network. If one fails, the batch is to be delivered again from the first record that holds
   * a line of it: the other networks know what they have applied.
   */
  async handle(event: KinesisStreamEvent, request?: string): Promise<KinesisStreamBatchResponse> {
    const records = event.Records.map(readArrived);
    const failed = await this.#applyAll(records, request);
    this.#forgetSilent();
    const first = records.find(({ lines }) => lines.some(({ network }) => failed.has(network)));
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first.sequenceNumber }] };
  }

  async #applyAll(records: readonly ArrivedRecord[], request?: string): Promise<ReadonlySet<NetworkName>> {
    const failed = new Set<NetworkName>();
    await Promise.all(
      Array.from(recordsByNetwork(records), async ([network, own]) => {
        try {
          this.#options.onApplied(network, await this.#sessionOf(network).apply(own, request));
        } catch (error) {
          failed.add(network);
          this.#options.onFailed(network, error);
        }
      }),
    );
    return failed;
  }

  #sessionOf(network: NetworkName): NetworkSession {
    const session = this.#sessions.get(network) ?? this.#options.openSession(network);
    this.#sessions.delete(network);
    this.#sessions.set(network, session);
    return session;
  }

  #forgetSilent(): void {
    let users = 0;
    for (const session of this.#sessions.values()) users += weightOf(session);
    for (const [network, session] of this.#sessions) {
      if (users <= this.#options.mostUsers) return;
      users -= weightOf(session);
      this.#sessions.delete(network);
    }
  }
}

/** What a network takes in memory, in users: its recency log alone takes as much as so many. */
function weightOf({ userCount }: NetworkSession): number {
  return userCount + 2000;
}

export function readArrived({ eventID, kinesis }: KeptRecord): ArrivedRecord {
  const shard = eventID.slice(0, eventID.indexOf(':'));
  const { sequenceNumber, approximateArrivalTimestamp: at, data } = kinesis;
  return { ...readRecord(Buffer.from(data, 'base64')), shard, sequenceNumber, at: Math.floor(at * 1000) };
}
