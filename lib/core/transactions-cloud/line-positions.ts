import type { TransactionLine } from './transaction-lines.ts';
import type { LinePosition, UserHead } from './user-head.ts';

/** Whether a line of the stream has been applied to the user, or came before they were deleted. */
export function isApplied(
  { shards, deletedAt }: UserHead,
  { shard, sequenceNumber, line, at, dropped }: TransactionLine,
): boolean {
  if (isBeforeDeletion({ deletedAt }, { at, dropped })) return true;
  const position = shards[shard];
  return position !== undefined && !isBehind({ sequenceNumber, line }, position);
}

/** Whether a line came before its user was deleted. */
export function isBeforeDeletion(
  { deletedAt }: Pick<UserHead, 'deletedAt'>,
  { at, dropped = at }: Pick<TransactionLine, 'at'> & { readonly dropped?: number | undefined },
): boolean {
  return deletedAt !== undefined && dropped < deletedAt;
}

type Place = Pick<LinePosition, 'sequenceNumber' | 'line'>;

function isBehind({ sequenceNumber, line }: Place, position: Place): boolean {
  const [number, last] = [BigInt(sequenceNumber), BigInt(position.sequenceNumber)];
  return number > last || (number === last && line > position.line);
}

/**
 * The positions once some lines are applied, in order; they stay where they are for lines that were put back. Those of shards
 * that have been silent for twice as long as the stream keeps its records are dropped: they have nothing left to repeat. Time is
 * what the records say.
 */
export function advanceBy(
  { shards }: UserHead,
  lines: readonly TransactionLine[],
  retentionMs: number,
): Readonly<Record<string, LinePosition>> {
  const now = Math.max(...lines.map(({ at }) => at));
  const positions: Record<string, LinePosition> = { ...shards };
  for (const { shard, sequenceNumber, line, at } of lines) {
    const position = positions[shard];
    const next = { sequenceNumber, line, at };
    if (position === undefined || isBehind(next, position)) positions[shard] = next;
  }
  const all = Object.entries(positions);
  return Object.fromEntries(all.filter(([, { at }]) => at >= now - 2 * retentionMs));
}

/** So many ids are looked up with one request. */
export const LINES_PER_COMMIT = 100;
/** A head must fit into an item of 400 KB with all that it has judged: a character can take 3 bytes, and reasons repeat some. */
const MOST_CHARACTERS = 50_000;

/** As many of the lines as go into one commit; at least one, if there is one. */
export function takeForCommit(
  lines: readonly TransactionLine[],
  most: number = LINES_PER_COMMIT,
): readonly TransactionLine[] {
  let characters = 0;
  const end = lines.findIndex(({ text }, index) => {
    characters += Math.min(text.length, LONGEST_KEPT);
    return index > 0 && (index >= most || characters > MOST_CHARACTERS);
  });
  return end < 0 ? lines : lines.slice(0, end);
}

/** What a transaction keeps of its line, and what a rejected line is cut to. */
const LONGEST_KEPT = 8_000;

/** A line as it is kept in a commit: a hostile one can be as long as a record of the stream. */
export function shortened(text: string): string {
  return text.length > LONGEST_KEPT ? `${text.slice(0, LONGEST_KEPT)}…` : text;
}
