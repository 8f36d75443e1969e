import {
  FARTHEST_AHEAD,
  isSurelyNext,
  readyEntries,
  standingOf,
  turnOf,
  type Entry,
} from '../../core/series-cloud/entry.ts';
import { replyText } from '../../core/series-cloud/reply.ts';
import { errorText, type Series } from '../../core/series-cloud/series.ts';
import { isWatched, pointCount, pointsFrom, type Reply, type SeriesHead } from '../../core/series-cloud/series-head.ts';
import type { World } from '../world.ts';
import type { Connections } from '../sockets/connections.ts';
import { disconnect } from './disconnect.ts';
import { keepChunks, loadSeries } from './series-chunks.ts';
import type { ClientState, SeriesStore } from './series-store.ts';
import { takeEntries, type Dealt, type Waiting } from './take-entries.ts';
import { DiscreetError } from '../telemetry/discreet-error.ts';

export interface SeriesSessionOptions extends World {
  readonly store: SeriesStore;
  readonly connections: Connections;
  /** For how long a client that is not heard of is remembered, in milliseconds. */
  readonly keptMs: number;
  readonly onTaken?: (taken: Taken) => void;
  readonly onConflict?: () => void;
  /** Hands over new points that somebody watches, once they are committed and answered; never throws. */
  readonly onWatched?: (client: string, points: PlacedPoints) => Promise<void>;
}

/** What a commit took: how many points, how many of them anomalous, and how many alerts there were. */
interface Taken {
  readonly points: number;
  readonly anomalies: number;
  readonly alerts: number;
}

export type PlacedPoints = ReturnType<typeof pointsFrom>;

/** For so long, others leave answers to the one who has committed them; after that they send them again. */
const TURN_MS = 3000;
const MOST_CONFLICTS = 100;
const PAUSE_MS = 5;

/** A client as it is stored, as far as is known. */
interface View {
  readonly head: SeriesHead;
  /** Not there until it is needed: working it out takes reads. */
  series?: Series;
  /** One that others have left behind: it may lead to the head without reading more. */
  readonly former?: Series;
  /** Up to which version answers are known to be sent. */
  answered: number;
  /** Whether messages wait in the store, as far as is known. */
  readonly hasParked?: boolean;
}

/**
 * One client in one sandbox. Points become the client's by a commit, which replaces the head of the version before: whoever
 * loses starts again from what is stored. Where the order of answers matters, a commit also takes the turn to answer: until
 * its answers are known to be sent, others leave their messages in the store, and the one who has the turn looks there after
 * it. A turn that is not ended in time is taken over, and its answers are sent again before any later ones. A message that is
 * alone needs no turn: its client has all answers before it, and says nothing until it has this one, or sends it again.
 */
export class SeriesSession {
  readonly #client: string;
  readonly #options: SeriesSessionOptions;
  #memory: View | undefined;
  /** Whether others have committed since, the last time that memory was trusted: it is compared with what is stored first. */
  #isShared = false;

  constructor(client: string, options: SeriesSessionOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** The connection that the client has, as far as is known here. */
  get connectionId(): string | undefined {
    return this.#memory?.head.connection?.id;
  }

  /** Values in memory. */
  get weight(): number {
    return this.#memory?.head.window ?? 0;
  }

  /** Answers a message, or leaves it to whoever has the turn; false if the client is not known. @throws what failed: the client sends it again. */
  async receive(entry: Entry): Promise<boolean> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const view = await this.#viewFor(entry);
      if (view === undefined) return false;
      const standing = standingOf(view.head, entry);
      const isAlone = entry.isAlone === true && standing === 'ready';
      if (this.#isBusy(view) && !isAlone) break;
      if (!isAlone) await this.#takeOver(view);
      if (standing === 'far too early') return this.#refuse(view.head, entry);
      if (standing === 'early') break;
      const hasTurn = await this.#deal(view, [{ entry }]);
      if (hasTurn === 'conflict') continue;
      if (hasTurn ? await this.#hasParked() : view.hasParked) await this.#drain();
      return true;
    }
    await this.#park(entry);
    return true;
  }

  async #hasParked(): Promise<boolean> {
    return (await this.#options.store.readParked(this.#client)).length > 0;
  }

  async #park(entry: Entry): Promise<void> {
    const { store, newToken, now, keptMs } = this.#options;
    // It is not alone any more: whoever takes it from the store takes others, too.
    const { isAlone: _, ...waiting } = entry;
    await store.park(this.#client, { key: newToken(), entry: waiting }, now() + keptMs);
    await this.#drain();
  }

  /** Deals with what waits in the store and is ready, unless somebody else has the turn: they look again after it. */
  async #drain(): Promise<void> {
    for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
      const state = await this.#options.store.readClient(this.#client);
      if (state === undefined) return;
      const view = this.#compare(state);
      if (this.#isBusy(view)) return;
      await this.#takeOver(view);
      const ready = readyEntries(view.head, state.parked);
      if (ready.length === 0) return;
      if ((await this.#deal(view, ready)) !== 'conflict') conflicts = 0;
      else await this.#options.sleep(PAUSE_MS * conflicts);
    }
    throw new DiscreetError(`others committed first ${MOST_CONFLICTS} times in a row`);
  }

  /** Memory, where it is likely to be up to date, and the entry leads to a commit, which would fail if it were not; else what is stored. */
  async #viewFor(entry: Entry): Promise<View | undefined> {
    const memory = this.#memory;
    if (memory !== undefined && !this.#isShared && isSurelyNext(memory.head, entry)) return memory;
    const state = await this.#options.store.readClient(this.#client);
    return state && this.#compare(state);
  }

  /** What is stored, with the series in memory if that is the same, or may lead there. */
  #compare({ head, answered, parked }: ClientState): View {
    const memory = this.#memory;
    const isSame = memory?.head.version === head.version && memory.head.born === head.born;
    this.#isShared = memory !== undefined && !isSame;
    const hasParked = parked.length > 0;
    if (isSame && memory.answered >= answered) return { ...memory, hasParked };
    const { series } = memory ?? {};
    return { head, answered, hasParked, ...(series && (isSame ? { series } : { former: series })) };
  }

  #isBusy({ head: { turn }, answered }: View): boolean {
    return turn !== undefined && turn.version > answered && this.#options.now() < turn.until;
  }

  /** Sends the answers of a turn that was not ended. Whoever does so at the same time sends the same. */
  async #takeOver(view: View): Promise<void> {
    const { turn } = view.head;
    if (turn === undefined || turn.version <= view.answered) return;
    for (const reply of turn.replies) await this.#options.connections.post(reply.to, replyText(view.head, reply));
    await this.#endTurn(view, turn.version);
  }

  async #endTurn(view: View, version: number): Promise<void> {
    const { store, now, keptMs } = this.#options;
    await store.markAnswered(view.head, version, now() + keptMs);
    view.answered = version;
  }

  /**
   * Takes as many of the messages as fit into a commit, in order, and answers them. Gives whether it took the turn for it:
   * then others may have left their messages.
   */
  async #deal(view: View, waiting: readonly Waiting[]): Promise<'conflict' | boolean> {
    this.#memory = undefined;
    const { head: before } = view;
    const series = (view.series ??= await this.#load(view));
    const dealt = await takeEntries(this.#options, series, waiting);
    const isChanged = dealt.some(({ outcome }) => outcome.kind === 'taken');
    const isValid = isChanged ? await this.#commit(series, before, dealt) : await this.#isStill(before, waiting);
    if (!isValid) return 'conflict';
    const after: View = { head: series.head, series, answered: view.answered };
    const isTurn = isChanged && after.head.turn !== undefined;
    await this.#answer(after, dealt, isTurn);
    this.#memory = after;
    this.#tell(before, after.head);
    await this.#show(before, after.head);
    return isTurn;
  }

  async #load({ former, head }: View): Promise<Series> {
    return former?.follow(head) === true ? former : loadSeries(this.#options.store, head);
  }

  #tell(before: SeriesHead, after: SeriesHead): void {
    const points = pointCount(after) - pointCount(before);
    if (points <= 0) return;
    const [anomalies, alerts] = [after.anomalies - before.anomalies, after.alerts - before.alerts];
    this.#options.onTaken?.({ points, anomalies, alerts });
  }

  async #show(before: SeriesHead, after: SeriesHead): Promise<void> {
    const { onWatched, now } = this.#options;
    const count = pointCount(before);
    if (pointCount(after) === count || !isWatched(after, now())) return;
    await onWatched?.(this.#client, pointsFrom(after, count));
  }

  async #commit(series: Series, before: SeriesHead, dealt: readonly Dealt[]): Promise<boolean> {
    const { store, now, newToken, keptMs, onConflict } = this.#options;
    const at = now();
    const taken = dealt.flatMap(({ entry, outcome }) => (outcome.kind === 'taken' ? [{ entry, outcome }] : []));
    const isOrdered = taken.some(({ entry }) => turnOf(before, entry) !== undefined && entry.isAlone !== true);
    const replies = taken.map(({ outcome }) => outcome.reply);
    const head = series.confirm({
      commit: newToken(),
      seenAt: at,
      chunksKeptUntil: await this.#keepChunks(series.head, at),
      turn: isOrdered ? { version: before.version + 1, until: at + TURN_MS, replies } : undefined,
    });
    if (await store.writeHead(head, before, at + keptMs)) return true;
    // The reply to a write may have been lost, and the write repeated by the SDK.
    const stored = await store.readClient(this.#client);
    if (stored?.head.commit === head.commit) return true;
    onConflict?.();
    return false;
  }

  /** What was left in the store may be of a connection that is later than the head that was read before it. */
  async #isStill(before: SeriesHead, waiting: readonly Waiting[]): Promise<boolean> {
    if (waiting.every(({ key }) => key === undefined)) return true;
    const state = await this.#options.store.readClient(this.#client);
    return state?.head.version === before.version && state.head.born === before.born;
  }

  /** All that the window needs is kept for as long as the head is, and some. */
  async #keepChunks(head: SeriesHead, at: number): Promise<number> {
    const { store, keptMs } = this.#options;
    if (head.chunks === 0 || at + keptMs <= head.chunksKeptUntil) return head.chunksKeptUntil;
    await keepChunks(store, head, at + 2 * keptMs);
    return at + 2 * keptMs;
  }

  async #answer(view: View, dealt: readonly Dealt[], isTurn: boolean): Promise<void> {
    const { head } = view;
    const gone = new Set<string>();
    for (const { outcome } of dealt) {
      const { to, text } = outcome.kind === 'taken' ? textReply(head, outcome.reply) : outcome;
      if ((await this.#options.connections.post(to, text)) === 'gone') gone.add(to);
    }
    const keys = dealt.flatMap(({ key }) => key ?? []);
    if (keys.length > 0) await this.#options.store.unpark(this.#client, keys);
    if (isTurn) await this.#endTurn(view, head.version);
    if (head.connection === undefined || !gone.has(head.connection.id)) return;
    await disconnect(this.#options, this.#client, head.connection.id);
  }

  async #refuse({ numbering }: SeriesHead, { to, sequence }: Entry): Promise<true> {
    const reason = `sequence ${sequence} is too far ahead of the next, ${numbering.next}: at most ${FARTHEST_AHEAD} wait for it`;
    await this.#options.connections.post(to, errorText({ reason, sequence }));
    return true;
  }
}

function textReply(head: SeriesHead, reply: Reply): { readonly to: string; readonly text: string } {
  return { to: reply.to, text: replyText(head, reply) };
}
