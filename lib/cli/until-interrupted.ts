import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from './host.ts';

export interface Interruption {
  readonly stopped: AbortSignal;
  /** By default a second; comes back at once when it is stopped. */
  readonly pause: (milliseconds?: number) => Promise<void>;
}

const PAUSE_MS = 1000;

/** Works until Ctrl-C, which then ends the command well; a second one ends it at once. */
export async function untilInterrupted<Result>(
  host: Host,
  work: (interruption: Interruption) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupt = (): void => interruption.abort();
  const pause = async (milliseconds = PAUSE_MS): Promise<void> =>
    sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  host.once('SIGINT', interrupt);
  try {
    return await work({ stopped: signal, pause });
  } finally {
    host.off('SIGINT', interrupt);
  }
}
