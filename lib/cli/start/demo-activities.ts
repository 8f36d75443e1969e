import { runDemo, type DemoOptions } from './demo.ts';
import { runDemoSeries } from './demo-series.ts';
import { runDemoTransactions } from './demo-transactions.ts';

/** What the demo does, all of it at once. */
const ACTIVITIES = {
  'the sample logs': runDemo,
  'the transactions': runDemoTransactions,
  'the series': runDemoSeries,
} as const satisfies Readonly<Record<string, (options: DemoOptions) => Promise<void>>>;

/** One that fails leaves the others alone. */
export async function runDemoActivities(options: DemoOptions): Promise<void> {
  const running = Object.entries(ACTIVITIES).map(async ([name, run]) => {
    try {
      await run(options);
    } catch (error) {
      options.say(`${name}: it has failed: ${String(error)}`);
    }
  });
  await Promise.all(running);
}
