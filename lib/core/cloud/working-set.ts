import type { NetworkEvent, UserId } from '../events/event.ts';
import { NetworkDetector } from '../network/network-detector.ts';
import type { UserState } from '../network/network-detector.ts';
import type { CommitBody } from './commit-body.ts';
import { commitsAfter, tokenOf } from './commits.ts';
import type { Head } from './head.ts';
import { Reach } from './reach.ts';
import type { ChangedUser, StoredUser } from './stored-user.ts';
import { appliedEvents, eventsByUser, replayed, usersOf } from './replay.ts';

/**
 * The part of a network that a batch needs, in memory: the detector with those users restored that were asked for, as of
 * the version of a head; and the bodies of the commits that the stored users may not know of.
 */
export class WorkingSet {
  readonly detector: NetworkDetector;
  #head: Head;
  /** Bodies of the versions after `flushed`, oldest first. */
  #pending: CommitBody[];
  #flushed: number;
  /** The users restored, and in how many parts their friends are stored. */
  readonly #friendBuckets = new Map<UserId, number>();

  /** `pending` holds the bodies of the commits after `head.flushed`, oldest first. */
  constructor(head: Head, pending: readonly CommitBody[]) {
    this.detector = new NetworkDetector({ ...head.parameters, kept: head.kept });
    this.#head = head;
    this.#pending = [...pending];
    this.#flushed = head.flushed;
    this.detector.sequence = head.sequence;
  }

  get head(): Head {
    return this.#head;
  }

  /** The version that all stored users are known to be up to date with. */
  get flushed(): number {
    return this.#flushed;
  }

  /** Commits whose events are not yet in the stored users. */
  get pendingCommits(): number {
    return this.#pending.length;
  }

  /** The last commit's body, if this memory has it. */
  get lastBody(): CommitBody | undefined {
    const last = this.#pending.at(-1);
    return last?.version === this.#head.version ? last : undefined;
  }

  /** The users who must be restored before the events can be judged and applied: all within D of a buyer, and all named. */
  missing(events: readonly NetworkEvent[]): UserId[] {
    // With everybody in memory whom anybody there knows of, only newcomers can be missing.
    if (this.#friendBuckets.size === this.detector.userCount) return this.#newcomers(events);
    return new Reach(this.detector, (user) => this.#friendBuckets.has(user)).missing(events);
  }

  /** Restores users from what is stored of them, brought up to date; those not stored are new. */
  restore(ids: readonly UserId[], stored: ReadonlyMap<UserId, StoredUser>): void {
    const events = eventsByUser(this.#pending, new Set(ids));
    const sequence = this.detector.sequence;
    for (const id of ids) {
      this.detector.restoreUser(upToDate(id, stored.get(id), events.get(id)));
      this.#friendBuckets.set(id, stored.get(id)?.friendBuckets ?? 0);
    }
    this.detector.sequence = sequence;
  }

  /** Takes over others' commits. @throws RangeError if one of them forgets a user: {@link canFollow} tells */
  follow(head: Head, bodies: readonly CommitBody[]): void {
    for (const body of bodies) this.#replay(body);
    this.confirm(head, bodies);
  }

  /** Takes the new head, after the events of these bodies have been applied. */
  confirm(head: Head, bodies: readonly CommitBody[]): void {
    this.#head = head;
    this.#pending.push(...bodies);
    this.#forgetUpTo(head.flushed);
    this.detector.setParameters(head.parameters);
    this.detector.sequence = head.sequence;
  }

  /** The users whose stored states are out of date. @throws RangeError if one is not in memory: {@link missingChanged} tells. */
  changed(): ChangedUser[] {
    return Array.from(changedFriends(this.#pending), ([id, friends]) => {
      const state = this.detector.saveUser(id);
      const friendBuckets = this.#friendBuckets.get(id);
      // To store what is not known of a user would lose what is stored.
      if (state === undefined || friendBuckets === undefined) throw new RangeError('a changed user is not in memory');
      return { state, version: this.#head.version, friendBuckets, changedFriends: friends };
    });
  }

  /** The users whose stored states are out of date and who are not in memory. */
  missingChanged(): UserId[] {
    return [...changedFriends(this.#pending).keys()].filter((id) => !this.#friendBuckets.has(id));
  }

  /** Takes note that all changed users have been stored as of the head's version. */
  stored(friendBuckets: ReadonlyMap<UserId, number>): void {
    for (const [id, buckets] of friendBuckets) this.#friendBuckets.set(id, buckets);
    this.#forgetUpTo(this.#head.version);
  }

  #forgetUpTo(version: number): void {
    this.#flushed = Math.max(this.#flushed, version);
    this.#pending = this.#pending.filter((body) => body.version > this.#flushed);
  }

  #newcomers(events: readonly NetworkEvent[]): UserId[] {
    const named = new Set(events.flatMap(usersOf));
    return [...named].filter((user) => !this.#friendBuckets.has(user));
  }

  /** Users not in memory are left out: their stored state will be brought up to date when it is restored. */
  #replay(body: CommitBody): void {
    for (const { event, sequence } of appliedEvents([body])) {
      if (!usersOf(event).some((user) => this.#friendBuckets.has(user))) continue;
      this.detector.sequence = sequence;
      // The detector's log of the latest purchases would go on knowing the user's.
      if (event.type === 'forget') throw new RangeError('memory cannot forget a user');
      this.detector.apply(event);
    }
  }
}

function upToDate(
  id: UserId,
  stored: StoredUser | undefined,
  events: ReturnType<typeof eventsByUser> extends ReadonlyMap<UserId, infer Events> ? Events | undefined : never,
): UserState {
  const { state, version } = stored ?? { state: { id, friends: [], purchases: [] }, version: 0 };
  const later = events?.filter((applied) => applied.version > version) ?? [];
  return later.length === 0 ? state : replayed(state, later);
}

/** The users whom the commits changed, each with the friends made or lost. */
function changedFriends(bodies: readonly CommitBody[]): Map<UserId, Set<UserId>> {
  const changes = new Map<UserId, Set<UserId>>();
  const friendsOf = (user: UserId): Set<UserId> => {
    const friends = changes.get(user) ?? new Set();
    changes.set(user, friends);
    return friends;
  };
  for (const { event } of appliedEvents(bodies)) {
    if ('user' in event) friendsOf(event.user);
    else {
      friendsOf(event.users[0]).add(event.users[1]);
      friendsOf(event.users[1]).add(event.users[0]);
    }
  }
  return changes;
}

/** Whether memory as of an older head can follow to a newer one: the same users, none of them forgotten, and no commit. */
export function canFollow(from: Head, to: Head): boolean {
  return (
    from.generation === to.generation &&
    from.version <= to.version &&
    commitsAfter(to, from.version) !== undefined &&
    // A table that was restored has other commits of the same versions.
    tokenOf(to, from.version) === tokenOf(from, from.version) &&
    Object.values(to.forgotten ?? {}).every(({ version }) => version <= from.version)
  );
}
