import type { StateStore, StoredFlag } from '../../../lib/adapters/state/state-store.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import type { UserState } from '../../../lib/core/network/network-detector.ts';
import { VICTIM } from '../erasure/erasures.ts';
import { difference } from './find-output-faults.ts';
import type { ExpectedHistory } from './history.ts';
import type { ReferenceFlag, ReferenceUser } from './reference-network.ts';

const MOST_FLAGS = 100_000;
const IDS = [...Array.from({ length: 20 }, (_, number) => String(number)), VICTIM] as UserId[];

/** Whether the stored users are those of the history, and the flags are stored with their why. */
export async function findStateFaults(history: ExpectedHistory, state: StateStore): Promise<string[]> {
  const { network, head } = history;
  const users = await state.readUsers(head, IDS);
  const expected = [...history.state.users(head.kept)].map(([id, user]) => `${id}: ${userText(user)}`);
  const found = [...users]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .filter(([, { state }]) => state.friends.length > 0 || state.purchases.length > 0)
    .map(([id, { state }]) => `${id}: ${userText(asReference(state))}`);
  const flags = (await state.readFlags(head.network, MOST_FLAGS)).toReversed();
  return [
    ...difference(`stored users of ${network}`, expected.join('\n'), found.join('\n')),
    ...difference(`whys of ${network}`, expectedWhys(history).join('\n'), flags.map(storedWhy).join('\n')),
    ...pendingFaults(history),
  ];
}

/** After the last flush there may only be commits that change no user. */
function pendingFaults({ network, head: { version, flushed, bodies } }: ExpectedHistory): string[] {
  const pending = bodies.slice(bodies.length - (version - flushed)).filter((token) => !token.startsWith('~'));
  return version > flushed && pending.length > 0 ? [`${network}: version ${version}, flushed ${flushed}`] : [];
}

function asReference({ friends, purchases }: UserState): ReferenceUser {
  return { friends: friends.toSorted(), purchases };
}

function userText({ friends, purchases }: ReferenceUser): string {
  return `friends ${friends.join(' ')}; purchases ${purchases.map(({ time, amount }) => `${time}/${amount}`).join(' ')}`;
}

function expectedWhys({ commits }: ExpectedHistory): string[] {
  return commits.flatMap(({ version, load, flags }) =>
    flags.map((flag) => `${version} ${load} ${whyText(flag.line, flag)}`),
  );
}

function storedWhy({ version, load, line, flag }: StoredFlag): string {
  return `${version} ${load} ${whyText(line, flag)}`;
}

function whyText(line: string, { mean, sd, judgedAgainst }: Omit<ReferenceFlag, 'line' | 'limit'>): string {
  const purchases = judgedAgainst.map(({ user, time, sequence, amount }) => `${user}/${time}/${sequence}/${amount}`);
  return `${line} ${mean} ${sd} ${purchases.join(' ')}`;
}
