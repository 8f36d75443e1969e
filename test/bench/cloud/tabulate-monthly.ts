import { sampleTemplate } from '../../infra/sample-stack.ts';
import { runScript } from '../in-process/run-script.ts';
import { fixedCosts } from './fixed-costs.ts';

/** What a month costs at three rates, by detector. */
export async function tabulateMonthly(progress: (text: string) => void): Promise<string> {
  // The validator that is built into CDK takes its time, and tells nothing of costs.
  process.env['CDK_VALIDATION'] ??= 'false';
  const fixed = fixedCosts(sampleTemplate());
  progress('asking the simulated services at 10, 1,000 and 10,000 events a second');
  return runScript('cloud/measure-monthly.ts', [JSON.stringify(fixed)]);
}
