import type { ChangedUser, StoredUser } from '../../../lib/core/cloud/stored-user.ts';
import { canFollow, WorkingSet } from '../../../lib/core/cloud/working-set.ts';
import type { CommitBody, FlaggedPurchase } from '../../../lib/core/cloud/commit-body.ts';
import { bodylessToken, commitsAfter, newHead, nextHead } from '../../../lib/core/cloud/commits.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import { judgeLines } from '../../../lib/core/cloud/judge-lines.ts';
import type { Selection } from '../../../lib/core/cloud/select-lines.ts';
import { accept, type NetworkEvent, type UserId } from '../../../lib/core/events/event.ts';
import type { NetworkParameters } from '../../../lib/core/events/log-header.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';

/** What a network's functions share: the head, the bodies and the stored users. */
export class CommitHistory {
  head: Head;
  readonly flagged: FlaggedPurchase[] = [];
  readonly stored = new Map<UserId, StoredUser>();
  readonly #bodies = new Map<number, CommitBody>();

  constructor(parameters: NetworkParameters, kept: number) {
    this.head = newHead(DEFAULT_NETWORK, parameters, kept);
  }

  /** Memory as of the head: what there is brought up to date, or new. */
  upToDate(memory: WorkingSet | undefined): WorkingSet {
    if (memory === undefined || !canFollow(memory.head, this.head)) {
      return new WorkingSet(this.head, this.#bodiesAfter(this.head.flushed));
    }
    memory.follow(this.head, this.#bodiesAfter(memory.head.version));
    return memory;
  }

  /** Restores, for a batch, what is missing and nothing else. */
  restoreFor(memory: WorkingSet, events: readonly NetworkEvent[]): void {
    for (let missing = memory.missing(events); missing.length > 0; missing = memory.missing(events)) {
      memory.restore(missing, this.stored);
    }
  }

  commitBatch(memory: WorkingSet, events: readonly NetworkEvent[]): void {
    this.restoreFor(memory, events);
    const body = judgeLines(memory.detector, memory.head, selectionOf(events));
    const { sequence } = memory.detector;
    this.head = nextHead(memory.head, `t${body.version}`, { sequence, flushed: memory.flushed });
    this.#bodies.set(body.version, body);
    this.flagged.push(...body.flagged);
    memory.confirm(this.head, [body]);
  }

  commitParameters(parameters: NetworkParameters): void {
    this.head = nextHead(this.head, bodylessToken('parameters'), { parameters });
  }

  /** Stores the changed users, or only so many, as one does who dies meanwhile. */
  flush(memory: WorkingSet, atMost = Infinity): readonly ChangedUser[] {
    memory.restore(memory.missingChanged(), this.stored);
    const changed = memory.changed();
    for (const { state, version, friendBuckets } of changed.slice(0, atMost)) {
      const old = this.stored.get(state.id);
      if (old === undefined || old.version < version) this.stored.set(state.id, { state, version, friendBuckets });
    }
    if (changed.length <= atMost) memory.stored(new Map());
    return changed;
  }

  #bodiesAfter(version: number): CommitBody[] {
    const commits = commitsAfter(this.head, version);
    if (commits === undefined) throw new Error(`the head does not reach back to ${version}`);
    return commits.filter(({ hasBody }) => hasBody).map((commit) => this.#bodies.get(commit.version)!);
  }
}

export function selectionOf(events: readonly NetworkEvent[]): Selection {
  const lines = events.map((event, index) => ({
    line: { network: DEFAULT_NETWORK, lineNumber: index + 1, parsed: accept(event), text: '{"x": 1}' },
    record: { shard: 'shard', sequenceNumber: '1', at: 0, lines: [] },
  }));
  return { lines, shards: {}, sources: {}, covers: [], sourceCovers: [] };
}
