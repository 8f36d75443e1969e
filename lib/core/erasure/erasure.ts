import type { UserId } from '../events/event.ts';
import type { NetworkName } from '../network/network-name.ts';
import { readStoredJson, type StoredJson } from '../cloud/stored-json.ts';

/** Whose data is to be removed. */
export type ErasureTarget =
  | { readonly kind: 'network'; readonly network: NetworkName }
  /** In one network, or everywhere: in all networks, and their transactions. */
  | { readonly kind: 'user'; readonly user: UserId; readonly network?: NetworkName }
  | { readonly kind: 'client'; readonly client: string };

/**
 * A removal that was asked for. It goes over everything three times: at once; when every function is gone that was at work
 * then, and may have written late; and when the stream has forgotten what was put before, so that nothing has to be kept that
 * holds it off.
 */
export interface Erasure {
  readonly target: ErasureTarget;
  /** In milliseconds since 1970, as are all times. */
  readonly askedAt: number;
  /** How many times it has gone over everything. */
  readonly passes: number;
  /** When the next pass is due. */
  readonly due: number;
  /** Where the pass under way has come to. */
  readonly place?: ErasurePlace;
  /** What the pass under way has removed, by kind. */
  readonly removed: Removed;
}

interface ErasurePlace {
  /** The step that is under way, or next. */
  readonly step: string;
  /** What the step has dealt with, such as the last key. */
  readonly after?: string;
  /** Whether the step has come to its end. */
  readonly isDone?: true;
}

export type Removed = Readonly<Record<string, number>>;

/** No function lives for so long: whoever knew of what is older is gone. */
const ERASURE_GRACE_MS = 60 * 60 * 1000;
const FORMAT = 1;

export function newErasure(target: ErasureTarget, now: number): Erasure {
  return { target, askedAt: now, passes: 0, due: now, removed: {} };
}

/** Whether the pass under way is the last. */
export function isLastPass({ passes }: Erasure): boolean {
  return passes === 2;
}

/** After a pass; undefined where it was the last. */
export function afterPass(erasure: Erasure, retentionMs: number): Erasure | undefined {
  const { target, askedAt, passes } = erasure;
  if (isLastPass(erasure)) return undefined;
  const wait = passes === 0 ? ERASURE_GRACE_MS : retentionMs + ERASURE_GRACE_MS;
  return { target, askedAt, passes: passes + 1, due: askedAt + wait, removed: {} };
}

/** The same text for the same target. */
export function encodeTarget(target: ErasureTarget): string {
  if (target.kind === 'network') return JSON.stringify([target.kind, target.network]);
  if (target.kind === 'client') return JSON.stringify([target.kind, target.client]);
  return JSON.stringify([target.kind, target.user, target.network]);
}

interface StoredErasure extends StoredJson, Erasure {}

export function encodeErasure(erasure: Erasure): string {
  const stored: StoredErasure = { format: FORMAT, ...erasure };
  return JSON.stringify(stored);
}

/** @throws UnreadableStateError */
export function decodeErasure(text: string): Erasure {
  const { format: _, ...erasure } = readStoredJson('removal of data', text, FORMAT) as StoredErasure;
  return erasure;
}
