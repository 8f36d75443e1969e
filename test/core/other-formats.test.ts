import { describe, expect, test } from 'vitest';
import { decodeBody } from '../../lib/core/cloud/body-codec.ts';
import { newHead } from '../../lib/core/cloud/commits.ts';
import { decodeHead, encodeHead } from '../../lib/core/cloud/head-codec.ts';
import type { UserId } from '../../lib/core/events/event.ts';
import { UnreadableStateError } from '../../lib/core/cloud/unreadable-state-error.ts';
import { packUser, unpackFriends, unpackUser } from '../../lib/core/cloud/user-record.ts';
import { crc32 } from '../../lib/core/forest/crc32.ts';
import { IsolationForest } from '../../lib/core/forest/isolation-forest.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';
import { decodeSeriesState, encodeSeriesState, newSeriesState } from '../../lib/core/series/series-codec.ts';
import { packPoints, unpackPoints } from '../../lib/core/series-cloud/packed-points.ts';
import { decodeSeriesHead } from '../../lib/core/series-cloud/series-head.ts';
import { restoreFeatures, saveFeatures } from '../../lib/core/transactions/features.ts';
import { Model } from '../../lib/core/transactions/model.ts';
import { Profile } from '../../lib/core/transactions/profile.ts';
import { decodeUserHead, encodeUserHead } from '../../lib/core/transactions-cloud/user-head-codec.ts';
import { newUser } from '../../lib/core/transactions-cloud/user-head.ts';
import { randomFrom, usualUser } from './cloud/user-states.ts';
import { quietPoint } from './series-cloud/stored-points.ts';
import { ANN } from './transactions-cloud/sample-transactions.ts';
import { world } from './transactions/transactions.ts';

type Read = (format: number) => unknown;

/** Reads what this version wrote, but for its format: the first byte. */
function firstByte(bytes: Uint8Array, read: (bytes: Uint8Array) => unknown): Read {
  return (format) => read(bytes.with(0, format));
}

function document(text: string, read: (text: string) => unknown): Read {
  return (format) => read(JSON.stringify({ ...(JSON.parse(text) as object), format }));
}

function sealed(bytes: Uint8Array, isLittleEndian = false): Uint8Array {
  const end = bytes.length - 4;
  new DataView(bytes.buffer).setUint32(end, crc32(bytes.subarray(0, end)), isLittleEndian);
  return bytes;
}

const forest = IsolationForest.fit(Float64Array.of(1, 2, 3, 4), { columns: 2, seed: 1 }).save();
/** Behind four bytes that tell the kind. */
const FOREST_FORMAT = 4;

const hub = packUser({
  ...usualUser(randomFrom(7), 'numeric'),
  friends: Array.from({ length: 5000 }, (_, at) => `${at}` as UserId),
});

const CODECS: Readonly<Record<string, Read>> = {
  'head of a network': document(encodeHead(newHead('a' as NetworkName, { degrees: 2, tracked: 3 }, 3)), decodeHead),
  'body of a commit': document('{"events":[],"flagged":[]}', decodeBody),
  user: firstByte(packUser(usualUser(randomFrom(7), 'numeric')).main, unpackUser),
  'list of friends': firstByte(hub.buckets.get(0)!, unpackFriends),
  'head of a user': document(encodeUserHead(newUser(ANN)), (text) =>
    decodeUserHead({ user: ANN, version: 0, profile: undefined, text }),
  ),
  profile: firstByte(Profile.empty().save(), (bytes) => Profile.restore(bytes)),
  features: firstByte(saveFeatures(world.judgements[0]!.features), restoreFeatures),
  model: firstByte(world.model.save(), (bytes) => Model.restore(bytes)),
  'head of a series': document('{}', (text) => decodeSeriesHead({ document: text, tail: packPoints([]) })),
  'points of a series': firstByte(packPoints([quietPoint(1)]), unpackPoints),
  'isolation forest': (format) => IsolationForest.restore(sealed(forest.with(FOREST_FORMAT, format), true)),
  series: (format) => decodeSeriesState(sealed(encodeSeriesState(newSeriesState()).with(0, format))),
};

describe.each(Object.entries(CODECS))('a stored %s', (what, read) => {
  test('is read in the one format', () => {
    expect(() => read(1)).not.toThrow();
  });

  test.each([
    ['earlier', 0],
    ['later', 2],
  ])('is refused in an %s one, with both versions named', (_, format) => {
    const fault = `its format is ${format}, this version of Flagstone reads format 1`;
    expect(() => read(format)).toThrow(new UnreadableStateError(what, fault));
  });
});
