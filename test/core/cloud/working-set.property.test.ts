import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChangedUser } from '../../../lib/core/cloud/stored-user.ts';
import type { WorkingSet } from '../../../lib/core/cloud/working-set.ts';
import type { Micros, NetworkEvent, UserId } from '../../../lib/core/events/event.ts';
import type { NetworkParameters } from '../../../lib/core/events/log-header.ts';
import { NetworkDetector, type UserState } from '../../../lib/core/network/network-detector.ts';
import { seeded } from '../../seeded.ts';
import { history, type History } from '../network/histories.ts';
import { usersOf, verdictText } from '../network/verdicts.ts';
import { CommitHistory } from './commit-history.ts';

/** What happens between the batches; sandboxes are functions with a memory of their own. */
type Step =
  | { readonly type: 'batch'; readonly sandbox: number; readonly size: number }
  | { readonly type: 'lost batch'; readonly sandbox: number; readonly size: number }
  | { readonly type: 'flush'; readonly sandbox: number; readonly atMost: number }
  | { readonly type: 'look'; readonly sandbox: number }
  | { readonly type: 'cold'; readonly sandbox: number }
  | { readonly type: 'parameters'; readonly degrees: number; readonly tracked: number };

const sandbox = fc.nat(2);
const size = fc.integer({ min: 1, max: 12 });

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('batch' as const), sandbox, size }), weight: 8 },
  fc.record({ type: fc.constant('lost batch' as const), sandbox, size }),
  {
    arbitrary: fc.record({
      type: fc.constant('flush' as const),
      sandbox,
      atMost: fc.constantFrom(Infinity, Infinity, 0, 1, 5),
    }),
    weight: 4,
  },
  fc.record({ type: fc.constant('look' as const), sandbox }),
  { arbitrary: fc.record({ type: fc.constant('cold' as const), sandbox }), weight: 4 },
  fc.record({ type: fc.constant('parameters' as const), degrees: fc.integer({ min: 1, max: 4 }), tracked: fc.nat(8) }),
);

/** Small enough that networks have edges: D of 1 to 4, T of 2 to 6. */
const smallHistory: fc.Arbitrary<History> = fc.tuple(history, fc.boolean()).map(([whole, isSteep]) => {
  const { parameters, kept, events } = whole;
  const tracked = 2 + (parameters.tracked % 5);
  return {
    parameters: { degrees: 1 + (parameters.degrees % 4), tracked },
    kept: tracked + kept - parameters.tracked,
    events: isSteep ? withSteepAmounts(events) : events,
  };
});

/** Each purchase is twice the one before, so that it is flagged wherever there is anything to judge it by. */
function withSteepAmounts(events: readonly NetworkEvent[]): NetworkEvent[] {
  let amount = 1n;
  return events.map((event) => {
    if (event.type !== 'purchase') return event;
    amount = amount > 10n ** 29n ? 1n : amount * 2n;
    return { ...event, amount: amount as Micros };
  });
}

test('judges and stores as one detector does, whoever commits, remembers, stores or forgets what', () => {
  fc.assert(
    fc.property(smallHistory, fc.array(step, { maxLength: 60, size: 'max' }), (whole, steps) => {
      const run = new Run(whole);
      for (const step of steps) run.take(step);
      const memory = run.finish();

      expect(memory.pendingCommits).toBe(0);
      expect(run.untoldFriends).toEqual([]);
      expect(run.sequences).toEqual([memory.detector.sequence, memory.detector.sequence]);
      expect(run.flags).toEqual(run.plainFlags);
      expect(run.storedStates).toEqual(run.plainStates);
    }),
    seeded(100),
  );
});

/** A history cut into commits, beside the plain detector that takes it whole. */
class Run {
  readonly plainFlags: string[] = [];
  /** Friends made or lost whom a flush did not tell of. */
  readonly untoldFriends: UserId[] = [];
  readonly #commits: CommitHistory;
  readonly #memories: (WorkingSet | undefined)[] = [];
  readonly #plain: NetworkDetector;
  readonly #users: readonly UserId[];
  #left: readonly NetworkEvent[];

  constructor({ parameters, kept, events }: History) {
    this.#commits = new CommitHistory(parameters, kept);
    this.#plain = new NetworkDetector({ ...parameters, kept });
    this.#users = usersOf(events);
    this.#left = events;
  }

  get flags(): string[] {
    return this.#commits.flagged.map(({ sequence, flag }) => `${sequence}: ${verdictText(flag)}`);
  }

  get sequences(): number[] {
    return [this.#commits.head.sequence, this.#plain.sequence];
  }

  get storedStates(): (UserState | undefined)[] {
    return this.#users.map((user) => inNoOrder(this.#commits.stored.get(user)?.state));
  }

  get plainStates(): (UserState | undefined)[] {
    return this.#users.map((user) => inNoOrder(this.#plain.saveUser(user)));
  }

  take(step: Step): void {
    if (step.type === 'parameters') return this.#setParameters(step);
    if (step.type === 'cold') {
      this.#memories[step.sandbox] = undefined;
      return undefined;
    }
    const memory = this.#commits.upToDate(this.#memories[step.sandbox]);
    this.#memories[step.sandbox] = memory;
    if (step.type === 'batch') this.#commit(memory, step.size);
    else if (step.type === 'flush') this.#flush(memory, step.atMost);
    else if (step.type === 'lost batch') this.#commits.restoreFor(memory, this.#left.slice(0, step.size));
    return undefined;
  }

  /** The rest in one batch, and everything stored. */
  finish(): WorkingSet {
    const memory = this.#commits.upToDate(this.#memories[0]);
    this.#commit(memory, this.#left.length);
    this.#flush(memory, Infinity);
    return memory;
  }

  #commit(memory: WorkingSet, size: number): void {
    const events = this.#left.slice(0, size);
    this.#left = this.#left.slice(size);
    this.#commits.commitBatch(memory, events);
    for (const event of events) {
      const { sequence } = this.#plain;
      const flag = this.#plain.observe(event);
      if (flag !== undefined) this.plainFlags.push(`${sequence}: ${verdictText(flag)}`);
    }
  }

  #flush(memory: WorkingSet, atMost: number): void {
    const before = new Map(this.#commits.stored);
    const changed = this.#commits.flush(memory, atMost);
    this.untoldFriends.push(...changed.flatMap((user) => untoldFriendsOf(user, before.get(user.state.id)?.state)));
  }

  #setParameters({ degrees, tracked }: NetworkParameters): void {
    const parameters = { degrees, tracked: Math.min(2 + tracked, this.#plain.kept) };
    this.#commits.commitParameters(parameters);
    this.#plain.setParameters(parameters);
  }
}

/** Friends made or lost since a user was stored whom the changed user does not tell of. */
function untoldFriendsOf({ state, changedFriends }: ChangedUser, before: UserState | undefined): UserId[] {
  const old = new Set(before?.friends);
  return [...difference(new Set(state.friends), old)].filter((friend) => !changedFriends.has(friend));
}

function difference(one: ReadonlySet<UserId>, other: ReadonlySet<UserId>): Set<UserId> {
  return new Set([...one, ...other].filter((id) => one.has(id) !== other.has(id)));
}

/** Friends are a set: in which order they come tells nothing. */
function inNoOrder(state: UserState | undefined): UserState | undefined {
  return state && { ...state, friends: state.friends.toSorted() };
}
