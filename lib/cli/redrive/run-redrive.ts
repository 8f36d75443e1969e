import type { System } from '../connect/system.ts';
import type { Host } from '../host.ts';
import { counted } from '../terminal/numbers.ts';
import { print } from '../terminal/print.ts';
import { EXIT_CODES } from '../usage-error.ts';
import { keptFailures } from './kept-failures.ts';
import { redrivenLine } from './redriven-line.ts';
import { redriveOne, type RedrivenObject } from './redrive-one.ts';

export interface RedriveOrder {
  readonly isDryRun: boolean;
  readonly json: boolean;
}

/** Puts back what functions gave up on, and tells of each object as it is done. */
export async function runRedrive({ isDryRun, json }: RedriveOrder, system: System, host: Host): Promise<number> {
  const journal = await system.openBucket('journalBucket');
  const redriven: RedrivenObject[] = [];
  for await (const kept of keptFailures(journal)) {
    const object = await redriveOne(kept, { system, isDryRun });
    // Only now is all of it known to be applied.
    if (object.done && !isDryRun) await journal.remove([object.key]);
    redriven.push(object);
    const shown = json ? JSON.stringify({ ...object, dry_run: isDryRun }) : redrivenLine(object, isDryRun);
    await print(host.stdout, `${shown}\n`);
  }
  const left = redriven.filter(({ done }) => !done).length;
  if (!json) await print(host.stdout, `${summary(redriven.length, left, isDryRun)}\n`);
  return left > 0 ? EXIT_CODES.unexpected : EXIT_CODES.done;
}

function summary(count: number, left: number, isDryRun: boolean): string {
  if (count === 0) return 'Nothing is kept that a function gave up on.';
  const objects = counted(count, 'object');
  if (isDryRun) return `${objects}; nothing has been changed.`;
  return left === 0 ? `${objects}, all put back and removed.` : `${objects}; ${left} left: see the reasons above.`;
}
