import type { CommitBody, RejectedInput } from '../../core/cloud/commit-body.ts';
import { originMetadata } from '../../core/cloud/commit-origin.ts';
import { flaggedKey, rejectedKey } from '../../core/cloud/object-keys.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { StateStore } from '../state/state-store.ts';

const JSON_LINES = 'application/x-ndjson';

export interface OutputStores {
  readonly state: StateStore;
  readonly output: ObjectStore;
}

/** Writes what a commit has to tell the world. All names come from the commit, so doing it again changes nothing. */
export async function writeOutputs(network: NetworkName, body: CommitBody, stores: OutputStores): Promise<void> {
  const { version, load, parameters, flagged, rejected, report } = body;
  const { state, output } = stores;
  const writes: Promise<void>[] = [];
  if (rejected.length > 0) {
    writes.push(output.put(rejectedKey(network, version), jsonLines(rejected.map(rejectedLine)), JSON_LINES));
  }
  if (flagged.length > 0) {
    const metadata = originMetadata(body);
    const lines = flagged.map(({ line }) => `${line}\n`).join('');
    writes.push(
      // The object comes last: it is announced, and whoever hears of it finds the why.
      state
        .writeFlags({ network, load, version, parameters, flagged })
        .then(() => output.put(flaggedKey(network, load, version), lines, { contentType: JSON_LINES, metadata })),
    );
  }
  if (report !== undefined) writes.push(output.put(report.key, report.text, 'application/json'));
  await Promise.all(writes);
}

function rejectedLine({ reason, text, shard, sequenceNumber, line }: RejectedInput): object {
  return { reason, line: text, shard, sequence_number: sequenceNumber, line_number: line };
}

function jsonLines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
