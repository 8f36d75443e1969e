import { accept, reject, type Parsed, type UserId } from '../events/event.ts';
import { parseNetworkName } from '../network/network-name.ts';
import { isName, NAME_ALLOWED } from '../series-cloud/connect-request.ts';
import type { ErasureTarget } from './erasure.ts';

/** What may say whose data is to be removed: a network, a user, a user in a network, or a client of series. */
export interface GivenTarget {
  readonly network?: unknown;
  readonly user?: unknown;
  readonly client?: unknown;
}

export function readTarget(given: unknown): Parsed<ErasureTarget> {
  const { network, user, client } = (typeof given === 'object' && given !== null ? given : {}) as GivenTarget;
  if (client !== undefined) return user === undefined && network === undefined ? readClient(client) : reject(ONE);
  const name = network === undefined ? undefined : parseNetworkName(network);
  if (name?.ok === false) return name;
  if (user === undefined) return name === undefined ? reject(ONE) : accept({ kind: 'network', network: name.value });
  if (typeof user !== 'string' || user === '') return reject('user must be an id: a text that is not empty');
  return accept({ kind: 'user', user: user as UserId, ...(name && { network: name.value }) });
}

const ONE = 'one of network, user and client must be given, or user and network';

function readClient(client: unknown): Parsed<ErasureTarget> {
  if (typeof client === 'string' && isName(client)) return accept({ kind: 'client', client });
  return reject(`client must be ${NAME_ALLOWED}`);
}
