import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../host.ts';
import type { Following } from './objects-under.ts';

const PAUSE_MS = 1000;

/** Follows until Ctrl-C, which then ends the command well; a second one ends it at once. */
export async function untilInterrupted<Result>(
  host: Host,
  work: (follow: Following) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupt = (): void => interruption.abort();
  const pause = async (): Promise<void> => sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  host.once('SIGINT', interrupt);
  try {
    return await work({ stopped: signal, pause });
  } finally {
    host.off('SIGINT', interrupt);
  }
}
