import { WORLD } from '../../adapters/world.ts';
import { simulateTransactions } from '../../core/producer/simulate-transactions.ts';
import { formatTransaction } from '../../core/producer/transaction-line.ts';
import type { Transaction } from '../../core/transactions/transaction.ts';
import { Pace } from '../send/pace.ts';
import { TransactionPutter } from '../send/transaction-putter.ts';
import type { DemoOptions } from './demo.ts';
import type { PutTransactions } from './demo-progress.ts';

/** How the ids of the demo's users and transactions begin: so they never mix with anybody's own. */
export const DEMO_NAME = 'demo';

const USERS = 50;
const SEED = 1;
/** A year of 50 users, and then as they buy. */
const DAYS_BEFORE_NOW = 365;
const DAY_MS = 86_400_000;

/** The first so many go fast: before a user has habits, nothing is unusual for them. */
const QUICK = { count: 1500, rate: 50 };
const USUAL_RATE = 4;
/** Puts between two looks at what has been put: what is put twice counts once. */
const PUTS_BETWEEN_NOTES = 20;
const POLL_MS = 500;

/** Puts made-up transactions on the stream, those of the past year one after the other, then each as its time comes. */
export async function runDemoTransactions(options: DemoOptions): Promise<void> {
  const { progress, say } = options;
  const { start, sent } = (await progress.readTransactions()) ?? { start: aYearAgo(), sent: 0 };
  say(`putting transactions of ${USERS} made-up users on the stream, ${USUAL_RATE} a second, the first ones faster`);
  const soFar = { start, sent };
  if (sent < QUICK.count) await putSome(options, soFar, { rate: QUICK.rate, until: QUICK.count });
  await putSome(options, soFar, { rate: USUAL_RATE, until: Infinity });
}

type Progressing = { -readonly [Name in keyof PutTransactions]: PutTransactions[Name] };

async function putSome(
  options: DemoOptions,
  soFar: Progressing,
  { rate, until }: { readonly rate: number; readonly until: number },
): Promise<void> {
  const { system, progress, stopped, clock, say } = options;
  const before = soFar.sent;
  const screen = {
    lines: 0,
    put: ({ lines }: { readonly lines: number }): void => {
      screen.lines += lines;
      soFar.sent = before + screen.lines;
    },
  };
  const putter = new TransactionPutter({
    openStream: () => system.openBatchStream(),
    patience: { sleep: WORLD.sleep, onWait: ({ message }) => say(`transactions wait: ${message}`) },
    pace: new Pace({ rate, clock, sleep: WORLD.sleep }),
    screen,
  });
  let taken = before;
  for (const transaction of simulateTransactions({
    users: USERS,
    seed: SEED,
    name: DEMO_NAME,
    start: soFar.start,
    from: before,
  })) {
    if (taken++ === until || !(await isTimeFor(transaction, stopped))) break;
    await putter.add(transaction.user, encoder.encode(formatTransaction(transaction)));
    if (taken % PUTS_BETWEEN_NOTES === 0) await progress.writeTransactions(soFar);
  }
  await putter.end();
  await progress.writeTransactions(soFar);
}

const encoder = new TextEncoder();

/** Waits until a transaction is no longer of the future; false if the run ends before. */
async function isTimeFor({ time }: Transaction, stopped: AbortSignal): Promise<boolean> {
  while (!stopped.aborted && time * 1000 > WORLD.now()) await WORLD.sleep(POLL_MS);
  return !stopped.aborted;
}

/** Midnight, in seconds. */
function aYearAgo(): number {
  return (Math.floor(WORLD.now() / DAY_MS) - DAYS_BEFORE_NOW) * (DAY_MS / 1000);
}
