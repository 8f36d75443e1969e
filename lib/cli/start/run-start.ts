import { existsSync } from 'node:fs';
import path from 'node:path';
import type { LocalRun } from '../../local/local-run.ts';
import { startLocalRun } from '../../local/local-run.ts';
import type { RunEvent } from '../../local/run-events.ts';
import { RunFolder } from '../../local/run-folder.ts';
import { describeStack } from '../../local/synthesis/describe-stack.ts';
import { findRoot } from '../../local/synthesis/find-root.ts';
import { findLocalSystem } from '../connect/local-system.ts';
import type { Host } from '../host.ts';
import { paintFor } from '../terminal/paint.ts';
import { print } from '../terminal/print.ts';
import { runDemoActivities } from './demo-activities.ts';
import { DemoProgress } from './demo-progress.ts';
import { guide } from './guide.ts';
import { Happenings } from './happenings.ts';
import type { StartRequest } from './request.ts';
import { StopWish } from './stop-wish.ts';

/** Runs the whole system until it is stopped. */
export async function runStart(request: StartRequest, host: Host): Promise<void> {
  const { data, ports, settings } = request;
  const wish = new StopWish(host);
  const early: RunEvent[] = [];
  let tell = (event: RunEvent): void => void early.push(event);
  const folder = new RunFolder(data);
  const isNew = !existsSync(folder.deployed);
  const run = await startLocalRun({
    data,
    ports,
    stack: () => describeStack(path.join(folder.path, 'stack'), settings),
    site: path.join(findRoot(), 'dist/dashboard'),
    tell: (event) => tell(event),
    onStopWished: () => wish.make(),
  });
  const happenings = await openHappenings(run, request, host);
  early.forEach((event) => happenings.tell(event));
  tell = (event) => happenings.tell(event);

  await announce(run, request, host);
  const demo = request.demo
    ? demonstrate(request, { host, happenings, isNew, stopped: wish.signal })
    : Promise.resolve();
  await wish.granted();
  await print(host.stdout, 'stopping: what is under way is finished first; Ctrl-C again ends it at once\n');
  await demo;
  await run.stop();
  await happenings.flush();
  await print(host.stdout, 'stopped\n');
}

async function openHappenings({ file }: LocalRun, { data }: StartRequest, host: Host): Promise<Happenings> {
  const output = await (await findLocalSystem(data)).openBucket('outputBucket');
  return new Happenings({ screen: host.stdout, resources: file.resources, output, now: () => new Date(), later });
}

function later(milliseconds: number, action: () => void): void {
  setTimeout(action, milliseconds).unref();
}

async function announce({ file, unchanged }: LocalRun, { data, demo }: StartRequest, host: Host): Promise<void> {
  const paint = paintFor(host.stdout);
  await print(host.stdout, `${guide({ file, data, demo, seconds: host.uptime(), unchanged, paint })}\n`);
}

interface Demonstration {
  readonly host: Host;
  readonly happenings: Happenings;
  readonly isNew: boolean;
  readonly stopped: AbortSignal;
}

/** The demo may fail, and all else goes on. */
async function demonstrate({ data }: StartRequest, { host, happenings, isNew, stopped }: Demonstration): Promise<void> {
  const say = (sentence: string): void => happenings.tellOf('demo', sentence);
  const progress = new DemoProgress(data);
  if (!(await progress.mayRun(isNew))) {
    return say(`${data} is not new, so the sample logs are left out; use another --data for them`);
  }
  try {
    const system = await findLocalSystem(data);
    const events = path.join(findRoot(), 'events');
    await runDemoActivities({ system, progress, events, stopped, clock: () => host.uptime(), say });
  } catch (error) {
    say(`it has failed: ${String(error)}`);
  }
}
