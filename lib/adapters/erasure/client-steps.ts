import type { Erasure, ErasureTarget } from '../../core/erasure/erasure.ts';
import { clientTopic } from '../../core/live/topic.ts';
import type { SeriesHead } from '../../core/series-cloud/series-head.ts';
import { wholeStep, type ErasureOptions, type ErasureStep } from './erasure-step.ts';
import { failureStep } from './failure-step.ts';

const MOST_CONFLICTS = 100;
const PAUSE_MS = 20;

/** Deletes a client of series, which begins anew if it connects again, and gives all else that it takes to remove it. */
export async function clientSteps(
  { target, erasure }: { readonly target: ErasureTarget & { readonly kind: 'client' }; readonly erasure: Erasure },
  options: ErasureOptions,
): Promise<ErasureStep[]> {
  const { client } = target;
  const { series, subscriptions, journal } = options;
  if (erasure.passes === 0) await deleteHead(client, erasure, options);
  return [
    wholeStep('points', async ({ removed }) => {
      const now = (await series.readClient(client))?.head;
      removed('items of series', await series.deleteClient(client, now));
    }),
    wholeStep('subscriptions', async ({ removed }) => {
      const topic = clientTopic(client);
      const watching = erasure.passes === 0 ? await subscriptions.readSubscribers(topic) : [];
      for (const connection of watching) await subscriptions.unsubscribe(connection, topic);
      removed('subscriptions', watching.length);
    }),
    failureStep(target, journal),
  ];
}

/** Not one that was born since. */
async function deleteHead(client: string, { askedAt }: Erasure, { series, sleep }: ErasureOptions): Promise<void> {
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
    const head = (await series.readClient(client))?.head;
    if (head === undefined || isBornSince(head, askedAt) || (await series.deleteHead(head))) return;
    await sleep(PAUSE_MS * conflicts);
  }
  throw new Error(`others committed a client first ${MOST_CONFLICTS} times in a row`);
}

function isBornSince({ connection, version }: SeriesHead, at: number): boolean {
  return version === 1 && connection !== undefined && connection.at >= at;
}
