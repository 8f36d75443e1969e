import { rebuildProfiles, type RebuildCounts } from '../../adapters/transactions/rebuild-profiles.ts';
import { WORLD } from '../../adapters/world.ts';
import type { System } from '../connect/system.ts';
import type { Host } from '../host.ts';
import { counted } from '../terminal/numbers.ts';
import { print } from '../terminal/print.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { EXIT_CODES } from '../usage-error.ts';

export interface ProfilesRequest {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Learns all profiles anew, and prints what came of it; gives the exit code. */
export async function runProfiles({ json, quiet }: ProfilesRequest, system: System, host: Host): Promise<number> {
  const stores = {
    users: await system.openUsers(),
    transactions: await system.openTransactions(),
    output: await system.openBucket('outputBucket'),
  };
  const screen = host.stderr;
  const bar =
    quiet || !screen.isTTY
      ? undefined
      : new ProgressBar({ screen, total: undefined, clock: () => host.uptime(), noun: 'user' });
  let users = 0;
  const onUser = (): void => bar?.show({ bytes: 0, events: ++users });
  const counts = await rebuildProfiles({ ...WORLD, stores, onUser });
  bar?.wipe();
  await print(host.stdout, json ? `${JSON.stringify(counts)}\n` : forPeople(counts));
  return counts.busy === 0 ? EXIT_CODES.done : EXIT_CODES.unexpected;
}

function forPeople({ rebuilt, nothing, busy }: RebuildCounts): string {
  const left = nothing === 0 ? '' : `${counted(nothing, 'user')} had no stored transaction left to learn from.\n`;
  const missed =
    busy === 0
      ? ''
      : `${counted(busy, 'user')} had transactions just now, and kept the profile they had: run it again in five minutes.\n`;
  return `${counted(rebuilt, 'profile')} rebuilt.\n${left}${missed}`;
}
