import { LogReader } from '../../../lib/core/network/log-reader.ts';
import { median } from '../median.ts';
import { growingNetwork } from '../workloads.ts';
import { loadNetwork, type LoadedNetwork } from './loaded-network.ts';
import { microsPerCall } from './micros-per-call.ts';

const PIECE_LINES = 1_000;

/**
 * Prints what judging one purchase costs, in microseconds, in a network of as many users as its argument says: the verdict alone,
 * and all that is done for a purchase of a stream log: reading its line, the verdict, and adding it.
 */
const network = loadNetwork(growingNetwork(Number(process.argv[2])));
const { detector, candidates } = network;
const verdict = microsPerCall(candidates, ({ user, amount }) => detector.judgeAmount(user, { high: 0, low: amount }));
console.log(`${verdict} ${microsInStream(network)}`);

function microsInStream({ detector, lines }: LoadedNetwork): number {
  const reader = new LogReader({ detector, judge: true });
  const pieces = Array.from({ length: Math.floor(lines.length / PIECE_LINES) }, (_, piece) => {
    return lines.slice(piece * PIECE_LINES, (piece + 1) * PIECE_LINES);
  });
  return median(pieces.map((piece) => microsPerPurchase(reader, piece)));
}

function microsPerPurchase(reader: LogReader, lines: readonly string[]): number {
  const purchases = lines.filter((line) => line.includes('"purchase"')).length;
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  const start = performance.now();
  reader.read(bytes);
  return ((performance.now() - start) * 1000) / purchases;
}
