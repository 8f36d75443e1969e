import { commitsAfter } from '../../core/cloud/commits.ts';
import type { Head } from '../../core/cloud/head.ts';
import {
  includes,
  isPast,
  reachedIn,
  stretchesIn,
  type Lane,
  type Moment,
  type Place,
} from '../../core/cloud/redrive/lanes.ts';
import { Verdicts, type VerdictUpTo } from '../../core/cloud/redrive/verdicts.ts';
import { NoSuchObject } from '../objects/object-store.ts';
import type { CommitLog } from './commit-log.ts';

/** Places of one lane, in the order of their numbers. */
export interface LanePlaces {
  readonly lane: Lane;
  readonly places: readonly Place[];
}

export interface HistoryOptions {
  readonly log: CommitLog;
  /** The head whose outputs are settled, and by which the verdicts hold. */
  readonly head: Head;
  readonly retentionMs: number;
}

/** Which of some records and lines the network's commits have applied. */
export async function findVerdicts(lanes: readonly LanePlaces[], options: HistoryOptions): Promise<Verdicts> {
  const verdicts = new Verdicts();
  for (const { lane, places } of lanes) await findInLane({ lane, places }, verdicts, options);
  return verdicts;
}

async function findInLane({ lane, places }: LanePlaces, verdicts: Verdicts, options: HistoryOptions): Promise<void> {
  const { log, head } = options;
  const redriven = await log.redrivenOf(head.network, lane);
  let found: VerdictUpTo | undefined;
  for (const place of places) {
    if (redriven.some((stretch) => includes(stretch, place.number))) verdicts.set(lane, place.number, 'applied');
    else {
      if (found === undefined || (found.last !== undefined && found.last < place.number)) {
        found = await findCommit({ ...lane, ...place }, options);
      }
      verdicts.set(lane, place.number, found.verdict);
    }
  }
}

/**
 * Looks for the commit with which the network came to a place, or past it: in halves, as positions only grow. It tells whether the
 * place was applied, and of which others the same is true.
 */
async function findCommit(place: Lane & Place, { log, head, retentionMs }: HistoryOptions): Promise<VerdictUpTo> {
  const isBehind = (moment: Moment): boolean => isPast(moment, place, retentionMs);
  if (!isBehind(head)) return { verdict: 'left', last: undefined };
  let before = await log.momentAt(head, 0);
  let after: Moment = head;
  if (isBehind(before)) return { verdict: 'unknown', last: reachedIn(before, place) ?? place.number };
  for (let end = after.version; end - before.version > 1;) {
    const middle = Math.floor((before.version + end) / 2);
    const moment = await log.momentAt(head, middle);
    if (moment.version < after.version && !isBehind(moment)) before = moment;
    else {
      // No body tells of what lies between.
      if (moment.version < after.version) after = moment;
      end = middle;
    }
  }
  return readCommits(place, { log, head, before, after });
}

interface Between extends Omit<HistoryOptions, 'retentionMs'> {
  readonly before: Moment;
  readonly after: Moment;
}

/** Of a few commits one at most came to the place, or past it. */
async function readCommits({ kind, name, number }: Lane & Place, between: Between): Promise<VerdictUpTo> {
  const { log, head, before, after } = between;
  const unknown = { verdict: 'unknown', last: number } as const;
  const commits = commitsAfter({ ...head, ...after }, before.version)?.filter(({ hasBody }) => hasBody);
  if (commits === undefined) return unknown;
  let next: bigint | undefined;
  for (const commit of commits) {
    const body = await log.readBody(head.network, commit).catch(undefinedIfGone);
    if (body === undefined || (kind === 'source' && body.sourceCovers === undefined)) return unknown;
    for (const stretch of stretchesIn(body, { kind, name })) {
      if (includes(stretch, number)) return { verdict: 'applied', last: stretch.last };
      if (stretch.first > number && (next === undefined || stretch.first < next)) next = stretch.first;
    }
  }
  return { verdict: 'left', last: next === undefined ? number : next - 1n };
}

function undefinedIfGone(error: unknown): undefined {
  if (!(error instanceof NoSuchObject)) throw error;
}
