import { setTimeout as sleep } from 'node:timers/promises';
import type { Component } from '../../local/status.ts';
import { isAwsFailure } from '../connect/failures.ts';

/** What a check finds. */
export type Finding = Pick<Component, 'healthy' | 'detail'>;

export function good(detail: string): Finding {
  return { healthy: true, detail };
}

export function bad(detail: string): Finding {
  return { healthy: false, detail };
}

const LONGEST_CHECK_MS = 10_000;

/** A component as a check finds it; one that cannot be checked is not healthy, and says why. */
export async function checked(name: string, check: () => Promise<Finding>): Promise<Component> {
  const timeUp = new AbortController();
  const late = sleep(LONGEST_CHECK_MS, bad('does not answer'), { signal: timeUp.signal, ref: false });
  try {
    return { name, ...(await Promise.race([check(), late])) };
  } catch (error) {
    return { name, ...notKnown(error) };
  } finally {
    timeUp.abort();
    late.catch(() => undefined);
  }
}

/** The same of a check that finds several; where it cannot, one stands for all. */
export async function checkedAll(name: string, check: () => Promise<readonly Component[]>): Promise<Component[]> {
  try {
    return [...(await check())];
  } catch (error) {
    return [{ name, ...notKnown(error) }];
  }
}

const REASONS: readonly { readonly names: RegExp; readonly what: string }[] = [
  { names: /AccessDenied|Forbidden|^403$/, what: 'not known, AWS does not allow to look' },
  { names: /NotFound|NoSuchBucket|^404$/, what: 'is not there' },
];

function notKnown(error: unknown): Finding {
  if (!isAwsFailure(error)) return bad(`not known: ${error instanceof Error ? error.message : String(error)}`);
  const reason = REASONS.find(({ names }) => names.test(error.name));
  return bad(`${reason?.what ?? `not known, ${error.name}`}: ${error.message}`);
}
