import type { UserId } from '../events/event.ts';
import { nameOf } from '../text/name-of.ts';
import { EMPTY_TALLY } from './tally.ts';
import { generationOf } from './commits.ts';
import type { Deletion, Head } from './head.ts';
import { usersOf } from './replay.ts';
import type { SelectedLine } from './select-lines.ts';

/**
 * Whether a line was put before its network was deleted, or before a user was forgotten whom it names; or comes from a log that
 * was dropped before.
 */
export function isDeleted({ deleted, forgotten = {} }: Head, { line, record }: SelectedLine): boolean {
  const at = record.envelope?.dropped ?? record.at;
  const isBefore = (deletion: Deletion | undefined): boolean => deletion !== undefined && at < deletion.at;
  if (isBefore(deleted)) return true;
  return line.parsed.ok && usersOf(line.parsed.value).some((user) => isBefore(forgotten[nameOf(user)]));
}

export function forgettingOf({ forgotten }: Head, user: UserId): Deletion | undefined {
  return forgotten?.[nameOf(user)];
}

/** What the head of a network becomes of which everything is deleted; the positions in the stream and in sources stay. */
export function deletedHead(
  head: Head,
  { now, token }: { readonly now: number; readonly token: string },
): Pick<Head, 'generation' | 'load' | 'sequence' | 'flushed' | 'loaded' | 'tally' | 'deleted' | 'forgotten'> {
  // Its flagged purchases begin a prefix of their own; and a load that is under way has a lower number.
  const load = head.load + 2;
  return {
    generation: generationOf(load, token),
    load,
    sequence: 0,
    flushed: head.version + 1,
    loaded: {},
    tally: EMPTY_TALLY,
    deleted: { version: head.version + 1, at: momentAfter(head, now) },
    forgotten: {},
  };
}

/** What changes of the head of a network that forgets a user. */
export function forgettingHead(head: Head, user: UserId, now: number): Pick<Head, 'forgotten'> {
  const deletion = { version: head.version + 1, at: momentAfter(head, now) };
  return { forgotten: { ...head.forgotten, [nameOf(user)]: deletion } };
}

/** The next second, as uploads are announced by the second; and not before what is applied has come, as clocks differ. */
export function momentAfter({ shards }: Pick<Head, 'shards'>, now: number): number {
  return 1000 * Math.ceil(Math.max(now, ...Object.values(shards).map(({ at }) => at + 1)) / 1000);
}

/** The users, among some, who are not to be taken from a log that was dropped at a time. */
export function forgottenSince({ forgotten = {} }: Head, users: Iterable<UserId>, dropped: number): UserId[] {
  const later = Object.entries(forgotten).filter(([, { at }]) => dropped < at);
  const names = new Set(later.map(([name]) => name));
  return names.size === 0 ? [] : Array.from(users).filter((user) => names.has(nameOf(user)));
}

/** What a commit that has nothing to apply changes: a network that is gone stays so, though its positions move. */
export function movedPositions(head: Head): Pick<Head, 'deleted'> {
  const { deleted, version } = head;
  return deleted !== undefined && isGone(head) ? { deleted: { ...deleted, version: version + 1 } } : {};
}

/** Whether nothing has been committed to a network since it was deleted. */
export function isGone({ deleted, version }: Head): boolean {
  return deleted?.version === version;
}
