import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import type { Target } from './connect/target.ts';
import type { Host } from './host.ts';
import { parseOptions } from './options.ts';
import { PRODUCE_OPTIONS } from './produce/options.ts';
import type { Outlet, OutletParts } from './produce/outlet.ts';
import { readRequest, type ProduceRequest } from './produce/request.ts';
import { untilInterrupted } from './until-interrupted.ts';
import { EXIT_CODES } from './usage-error.ts';

/** Short enough to be typed again. */
const SEEDS = 1_000_000;

export const produce: Command = {
  usage: 'flagstone produce [OPTIONS]',
  description:
    'Makes up card transactions of users with habits, 1 in 20 of them anomalous, and puts them on the stream until Ctrl-C,\n' +
    'or writes them into a file.',
  options: PRODUCE_OPTIONS,
  notes: {
    Transactions: [
      'A user has usual countries, categories, payment methods and hours, and a typical maximum amount. An anomaly is',
      'outside one to three of these; its field "label" says which, and no detector reads it. See flagstone evaluate.',
      'Their times go on as the users buy, about 2.5 times a day each, and not as fast as the transactions are put.',
    ],
  },
  examples: [
    'flagstone produce',
    'flagstone produce --users=50 --rate=100 --count=5000 --stack=Flagstone',
    'flagstone produce --count=50000 --seed=7 --out=transactions.json.gz',
  ],
  exitCodes: CONNECT_EXIT_CODES,
  read(args) {
    const around = { now: () => Date.now() / 1000, newSeed: () => randomInt(SEEDS) };
    const request = readRequest(parseOptions(PRODUCE_OPTIONS, args), around);
    return async (host) => {
      const { destination } = request;
      await (destination.kind === 'file'
        ? writeFile(request, destination.path, host)
        : putOnStream(request, destination.target, host));
      return EXIT_CODES.done;
    };
  },
};

async function writeFile(request: ProduceRequest, path: string, host: Host): Promise<void> {
  const { runProduce } = await import('./produce/run-produce.ts');
  await runProduce(request, {
    host,
    openOutlet: async (parts) => (await import('./produce/file-outlet.ts')).fileOutlet({ path, host, ...parts }),
    stopped: NEVER,
    sleep: async (milliseconds) => sleep(milliseconds),
  });
}

async function putOnStream(request: ProduceRequest, target: Target, host: Host): Promise<void> {
  const { runProduce } = await import('./produce/run-produce.ts');
  const { streamOutlet } = await import('./produce/stream-outlet.ts');
  await untilInterrupted(host, ({ stopped, pause }) =>
    onSystem(target, async (system) => {
      const stream = await system.openBatchStream();
      const openOutlet = async (parts: OutletParts): Promise<Outlet> =>
        streamOutlet({ stream, sleep: pause, ...parts });
      await runProduce(request, { host, openOutlet, stopped, sleep: pause });
    }),
  );
}

/** Ctrl-C ends the process at once then: a file appears whole or not at all. */
const NEVER = new AbortController().signal;
