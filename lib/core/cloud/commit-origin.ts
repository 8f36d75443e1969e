import type { CommitBody, CoveredRecords } from './commit-body.ts';

/** Where what a commit tells has come from: which invocation made it, and of which records. */
export interface CommitOrigin {
  /** By which the invocation's log is found; undefined where it was not told. */
  readonly request?: string;
  readonly records: readonly CoveredRecords[];
}

/** S3 keeps 2 KB of metadata with an object. A batch is of one shard. */
const MOST_RECORDS = 8;
const RECORDS = /^(\S+):(\d+)-(\d+)$/;

/** As metadata of an object: it costs nothing to write, and lasts as long as the object. */
export function originMetadata({ request, covers }: CommitBody): Readonly<Record<string, string>> {
  const records = covers.slice(0, MOST_RECORDS).map(({ shard, first, last }) => `${shard}:${first}-${last}`);
  return { ...(request !== undefined && { request }), records: records.join(' ') };
}

/** Undefined for an object of an earlier version of Flagstone. */
export function readOrigin({ request, records }: Readonly<Record<string, string>>): CommitOrigin | undefined {
  if (records === undefined) return undefined;
  return { ...(request !== undefined && { request }), records: records.split(' ').flatMap(readRecords) };
}

function readRecords(text: string): CoveredRecords[] {
  const [, shard, first, last] = RECORDS.exec(text) ?? [];
  return shard === undefined || first === undefined || last === undefined ? [] : [{ shard, first, last }];
}
