import type { UserId } from '../events/event.ts';
import { nameOf } from '../text/name-of.ts';
import { EMPTY_TALLY } from './tally.ts';
import type { Deletion, Head } from './head.ts';
import { usersOf } from './replay.ts';
import type { SelectedLine } from './select-lines.ts';

/** Whether a line was put before its network was deleted, or before a user was forgotten whom it names. */
export function isDeleted({ deleted, forgotten = {} }: Head, { line, record }: SelectedLine): boolean {
  const isBefore = (deletion: Deletion | undefined): boolean => deletion !== undefined && record.at < deletion.at;
  if (isBefore(deleted)) return true;
  return line.parsed.ok && usersOf(line.parsed.value).some((user) => isBefore(forgotten[nameOf(user)]));
}

export function forgettingOf({ forgotten }: Head, user: UserId): Deletion | undefined {
  return forgotten?.[nameOf(user)];
}

/** What the head of a network becomes of which everything is deleted; the positions in the stream and in sources stay. */
export function deletedHead(
  head: Head,
  { now, generation }: { readonly now: number; readonly generation: string },
): Pick<Head, 'generation' | 'load' | 'sequence' | 'flushed' | 'loaded' | 'tally' | 'deleted' | 'forgotten'> {
  return {
    generation,
    // Its flagged purchases begin a prefix of their own.
    load: head.load + 1,
    sequence: 0,
    flushed: head.version + 1,
    loaded: {},
    tally: EMPTY_TALLY,
    // Uploads are announced by the second.
    deleted: { version: head.version + 1, at: 1000 * Math.ceil(afterAll(head, now) / 1000) },
    forgotten: {},
  };
}

/** What changes of the head of a network that forgets a user. */
export function forgettingHead(head: Head, user: UserId, now: number): Pick<Head, 'forgotten'> {
  const deletion = { version: head.version + 1, at: afterAll(head, now) };
  return { forgotten: { ...head.forgotten, [nameOf(user)]: deletion } };
}

/** Now, but not before what is applied has come: clocks differ. */
function afterAll({ shards }: Head, now: number): number {
  return Math.max(now, ...Object.values(shards).map(({ at }) => at + 1));
}

/** Whether nothing has been committed to a network since it was deleted. */
export function isGone({ deleted, version }: Head): boolean {
  return deleted?.version === version;
}
