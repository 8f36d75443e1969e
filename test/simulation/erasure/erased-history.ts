import type { Deletion, Head } from '../../../lib/core/cloud/head.ts';
import { nameOf } from '../../../lib/core/text/name-of.ts';
import type { AppliedLine, ExpectedCommit } from '../check/history.ts';
import type { ReferenceFlag, ReferenceNetwork } from '../check/reference-network.ts';
import { VICTIM } from './erasures.ts';

type Marks = Pick<Head, 'deleted' | 'forgotten'>;
type Sent = Pick<AppliedLine, 'line' | 'record'>;

/** Whether a line was sent before what the head says is deleted. Shares no code with lib but the name of the victim. */
export function isErased(head: Marks | undefined, { line, record }: Sent): boolean {
  const at = line.dropped ?? record.at;
  if (head?.deleted !== undefined && at < head.deleted.at) return true;
  const forgotten = forgettingIn(head);
  return forgotten !== undefined && at < forgotten.at && !line.isMisnamed && isEventOfVictim(line.text);
}

/** What is left of a history of which parts were removed. */
export class ErasedHistory {
  #marks: { deleted: Deletion | undefined; forgotten: Deletion | undefined } = {
    deleted: undefined,
    forgotten: undefined,
  };

  /** Takes note of what a head says; a network that has just forgotten somebody, or has loaded a log from before, knows nothing of them. */
  heard(head: Head, state: ReferenceNetwork, isLoad: boolean): void {
    const { version } = head;
    const forgotten = forgettingIn(head);
    if (forgotten !== undefined && (forgotten.version === version || (isLoad && isLoadedBefore(head, forgotten))))
      state.forget(VICTIM);
    if (head.deleted !== undefined) this.#marks.deleted = head.deleted;
    if (forgotten !== undefined) this.#marks.forgotten = forgotten;
  }

  /** The versions count from 1 again; what was sent before stays deleted. */
  beginAnew(): void {
    const { deleted } = this.#marks;
    this.#marks = { deleted: deleted && { ...deleted, version: 0 }, forgotten: undefined };
  }

  covers(sent: Sent): boolean {
    const { deleted, forgotten } = this.#marks;
    return isErased(
      { ...(deleted && { deleted }), ...(forgotten && { forgotten: { [nameOf(VICTIM)]: forgotten } }) },
      sent,
    );
  }

  left(commits: readonly ExpectedCommit[]): ExpectedCommit[] {
    const { deleted, forgotten } = this.#marks;
    return commits.map((commit) => {
      if (commit.version <= (deleted?.version ?? 0)) return { ...commit, flags: [], rejected: [] };
      return commit.version <= (forgotten?.version ?? 0) ? withoutVictim(commit) : commit;
    });
  }
}

/** The log that a load is of is the latest of all. */
function isLoadedBefore({ loaded }: Head, { at }: Deletion): boolean {
  return Math.max(...Object.values(loaded).map((log) => log.at)) < at;
}

function withoutVictim(commit: ExpectedCommit): ExpectedCommit {
  return {
    ...commit,
    flags: commit.flags.filter(({ line }) => !isEventOfVictim(line)).map(nameless),
    rejected: commit.rejected.filter(({ line }) => !line.text.includes(VICTIM)),
  };
}

function nameless(flag: ReferenceFlag): ReferenceFlag {
  const judgedAgainst = flag.judgedAgainst.map((one) => (one.user === VICTIM ? { ...one, user: '' } : one));
  return { ...flag, judgedAgainst };
}

function forgettingIn(head: Marks | undefined): Deletion | undefined {
  return head?.forgotten?.[nameOf(VICTIM)];
}

function isEventOfVictim(text: string): boolean {
  return text.includes(`"${VICTIM}"`);
}
