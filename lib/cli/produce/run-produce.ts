import { simulateTransactions } from '../../core/producer/simulate-transactions.ts';
import { ReaderGone } from '../files/system-error.ts';
import type { Host } from '../host.ts';
import { Pace } from '../send/pace.ts';
import type { Outlet, OutletParts } from './outlet.ts';
import { ProduceScreen } from './produce-screen.ts';
import type { ProduceRequest } from './request.ts';

export interface ProduceContext {
  readonly host: Host;
  readonly openOutlet: (parts: OutletParts) => Promise<Outlet>;
  /** Ends the producing, in good order. */
  readonly stopped: AbortSignal;
  /** Sleeps until then, or until it is stopped. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Makes transactions up and has them go where they are wanted. */
export async function runProduce(request: ProduceRequest, context: ProduceContext): Promise<void> {
  const { host, openOutlet, stopped, sleep } = context;
  const screen = new ProduceScreen(request, host);
  const pace = new Pace({ rate: request.rate, clock: () => host.uptime(), sleep });
  const outlet = await openOutlet({ pace, screen });
  const wipe = (): void => screen.wipe();
  host.once('exit', wipe);
  try {
    const anomalous = await produce(request, outlet, stopped);
    await outlet.finish();
    await screen.finish(anomalous);
  } catch (error) {
    // As `produce --out=- | head` is meant.
    if (error instanceof ReaderGone) return screen.wipe();
    screen.failed();
    throw error;
  } finally {
    await outlet.discard();
    host.off('exit', wipe);
  }
}

/** Gives how many are anomalous. */
async function produce(request: ProduceRequest, outlet: Outlet, stopped: AbortSignal): Promise<number> {
  let left = request.count ?? Infinity;
  let anomalous = 0;
  for (const transaction of simulateTransactions(request)) {
    const arrival = outlet.add(transaction);
    anomalous += Math.min(1, transaction.label?.length ?? 0);
    if (arrival !== undefined) await arrival;
    if (--left === 0 || stopped.aborted) break;
  }
  return anomalous;
}
