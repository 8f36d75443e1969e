import type { ErasureTarget } from '../../core/erasure/erasure.ts';
import { printable } from '../terminal/printable.ts';

/** `the network shop` */
export function namedTarget(target: ErasureTarget): string {
  if (target.kind === 'network') return `the network ${target.network}`;
  if (target.kind === 'client') return `the client ${printable(target.client)}`;
  const { user, network } = target;
  return `the user ${printable(user)}${network === undefined ? '' : ` of the network ${network}`}`;
}

export function nameIn(target: ErasureTarget): string {
  if (target.kind === 'network') return target.network;
  return target.kind === 'client' ? target.client : target.user;
}
