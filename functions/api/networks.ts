import { answerFlag, answerOrigin, answerPurchase, explainFlag } from '../../lib/core/api/answer-flag.ts';
import { DEFAULT_LIMIT } from '../../lib/core/api/parameters.ts';
import { MOST_MEMBERS, MOST_MERGED, MOST_READ } from '../../lib/core/api/routes.ts';
import type { Head } from '../../lib/core/cloud/head.ts';
import { flaggedKey } from '../../lib/core/cloud/object-keys.ts';
import type { UserId } from '../../lib/core/events/event.ts';
import { parseNetworkName, type NetworkName } from '../../lib/core/network/network-name.ts';
import type { CommitLog } from '../../lib/adapters/network/commit-log.ts';
import { readHeads } from '../../lib/adapters/network/read-heads.ts';
import { readNeighbourhood } from '../../lib/adapters/network/read-neighbourhood.ts';
import type { ObjectStore } from '../../lib/adapters/objects/object-store.ts';
import type { StateStore } from '../../lib/adapters/state/state-store.ts';
import type { AnswerersOf } from './answerers.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { newestFlags, type FlagPlaces } from './newest-flags.ts';
import { NotThere, WrongParameters } from './refusals.ts';

export interface NetworkStores {
  readonly output: Pick<ObjectStore, 'find'>;
  readonly state: StateStore;
  readonly log: CommitLog;
}

type NetworkRoute = 'flaggedPurchases' | 'flaggedPurchase' | 'networks' | 'neighbourhood';

export function networkAnswerers({ state, log, output }: NetworkStores): AnswerersOf<NetworkRoute> {
  return {
    flaggedPurchases: async ({ query: { network, user, cursor, limit = DEFAULT_LIMIT } }) => {
      const page = await newestFlags(state, {
        places: cursor === undefined ? await newestPlaces(state, network) : decodePlaces(cursor, network),
        limit,
        mostRead: MOST_READ.flags,
        where: ({ purchase }) => user === undefined || purchase.user === user,
      });
      const items = page.flags.map(({ network: of, flag }) => answerFlag(of, flag));
      return page.places === undefined ? { items } : { items, cursor: encodePlaces(page.places) };
    },
    flaggedPurchase: async ({ path: { network, version, index } }) => {
      const parsed = parseNetworkName(network);
      const flag = parsed.ok ? await state.readFlag(parsed.value, { version, index }) : undefined;
      if (!parsed.ok || flag === undefined) throw new NotThere('no purchase was flagged there');
      const object = flaggedKey(parsed.value, flag.load, version);
      const found = await output.find(object);
      return explainFlag(parsed.value, flag, found && answerOrigin(object, found.metadata));
    },
    networks: async () => ({
      items: (await readHeads(state)).map(({ network, parameters, tally: { events, flagged, rejected } }) => {
        const { degrees, tracked } = parameters;
        return { network, degrees, tracked, events, flagged, rejected };
      }),
    }),
    neighbourhood: async ({ path: { network, id } }) => {
      const parsed = parseNetworkName(network);
      if (!parsed.ok) throw new NotThere('there is no such network');
      const user = id as UserId;
      const found = await readNeighbourhood({ log, state }, { network: parsed.value, user, most: MOST_MEMBERS });
      if (found === undefined) throw new NotThere('the network does not know this user');
      const { parameters, members, friendships, truncated, purchases, statistics } = found;
      return {
        network,
        user: id,
        ...parameters,
        members: members.map((member) => ({ user: member.user, degree: member.degree })),
        friendships: friendships.map(([one, other]): [number, number] => [one, other]),
        truncated,
        purchases: purchases.map(answerPurchase),
        ...statistics,
      };
    },
  };
}

/** From the newest flags on. */
async function newestPlaces(state: StateStore, given: string | undefined): Promise<FlagPlaces> {
  if (given !== undefined) {
    const parsed = parseNetworkName(given);
    if (!parsed.ok) throw new WrongParameters({ network: parsed.reason.replace(/^network /, '') });
    return new Map([[parsed.value, undefined]]);
  }
  const networks = await state.listNetworks();
  const merged = networks.length <= MOST_MERGED ? networks : await heardOfLast(state);
  return new Map(merged.map((network) => [network, undefined]));
}

async function heardOfLast(state: StateStore): Promise<NetworkName[]> {
  const heads = (await readHeads(state)).toSorted((one, other) => heardOf(other) - heardOf(one));
  return heads.slice(0, MOST_MERGED).map(({ network }) => network);
}

function heardOf({ tally }: Head): number {
  return tally.latest?.arrivedAt ?? 0;
}

const PLACE = String.raw`([\w.-]{1,64})/(?:(\d{1,15})\.(\d{1,9}))?`;
const PLACES = new RegExp(`^${PLACE}(?: ${PLACE}){0,${MOST_MERGED - 1}}$`);

function encodePlaces(places: FlagPlaces): string {
  const texts = Array.from(places, ([network, place]) => {
    return place === undefined ? `${network}/` : `${network}/${place.version}.${place.index}`;
  });
  return encodeCursor(texts.join(' '));
}

function decodePlaces(cursor: string, wanted: string | undefined): FlagPlaces {
  const [text] = decodeCursor(cursor, PLACES);
  const places = Array.from(text.matchAll(new RegExp(PLACE, 'g')), ([, network = '', version, index]) => {
    const place = version === undefined ? undefined : { version: Number(version), index: Number(index) };
    return [network as NetworkName, place] as const;
  });
  return new Map(places.filter(([network]) => wanted === undefined || network === wanted));
}
