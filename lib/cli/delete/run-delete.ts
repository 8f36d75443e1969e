import type { ErasureProgress } from '../../adapters/erasure/eraser.ts';
import type { ErasureTarget, Removed } from '../../core/erasure/erasure.ts';
import type { System } from '../connect/system.ts';
import type { Host } from '../host.ts';
import { withThousands } from '../terminal/numbers.ts';
import { print } from '../terminal/print.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { confirm } from './confirm.ts';
import { namedTarget } from './named-target.ts';
import type { DeleteRequest } from './request.ts';
import { whatIsLeft, type Leftover } from './what-is-left.ts';

/** Has somebody's data removed, and prints what was and what was not. */
export async function runDelete(
  { target, isConfirmed, json, quiet }: DeleteRequest,
  system: System,
  host: Host,
): Promise<void> {
  if (!isConfirmed) await confirm(target, system.name, host);
  const progress = await eraseAll(target, system, { host, quiet });
  const left = whatIsLeft(target, progress);
  const text = json
    ? `${JSON.stringify({ target, removed: progress.removed, left: left.map(withDate) })}\n`
    : [`${capital(namedTarget(target))} is removed from ${system.name}.`, ...removedLines(progress), ...leftLines(left)]
        .map((line) => `${line}\n`)
        .join('');
  await print(host.stdout, text);
}

interface Screen {
  readonly host: Host;
  readonly quiet: boolean;
}

/** Calls the function until it has come to the end of its work; what it did before an interruption stays done. */
async function eraseAll(target: ErasureTarget, system: System, { host, quiet }: Screen): Promise<ErasureProgress> {
  const { stderr: screen } = host;
  const clock = (): number => host.uptime();
  const bar =
    quiet || screen.isTTY !== true ? undefined : new ProgressBar({ screen, total: undefined, clock, noun: 'item' });
  for (;;) {
    // Kept and asked as the function understands it, see functions/erase.
    const event = { target: { ...target, kind: undefined } };
    const progress = (await system.callFunction(system.resources.eraseFunction, event)) as ErasureProgress;
    bar?.show({ bytes: 0, events: sumOf(progress.removed) });
    if (progress.outcome === 'unfinished') continue;
    bar?.wipe();
    return progress;
  }
}

function removedLines({ removed }: ErasureProgress): string[] {
  const rows = Object.entries(removed).filter(([, count]) => count > 0);
  if (rows.length === 0) return ['There was nothing to remove.'];
  const width = Math.max(...rows.map(([, count]) => withThousands(count).length));
  return rows.map(([kind, count]) => `  ${withThousands(count).padStart(width)}  ${kind}`);
}

function leftLines(left: readonly Leftover[]): string[] {
  const rows = left.map(({ what, why, until }) => {
    const time =
      until === undefined ? '' : ` until ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return `  ${what}${time}: ${why}`;
  });
  return ['What is left:', ...rows];
}

function withDate({ until, ...leftover }: Leftover): object {
  return { ...leftover, ...(until !== undefined && { until: new Date(until).toISOString() }) };
}

function sumOf(removed: Removed): number {
  return Object.values(removed).reduce((sum, count) => sum + count, 0);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
