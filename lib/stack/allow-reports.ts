import type { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import type { Resources } from './resources.ts';

/** Lets a function report on a log that was dropped. */
export function allowReports(reporter: FlagstoneFunction, { output }: Resources): void {
  reporter.allowObjects({
    bucket: output,
    actions: ['s3:PutObject'],
    keys: ['reports/*'],
    because: 'each log that is dropped gets a report of its own, named by its network',
  });
}
