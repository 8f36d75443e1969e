import { growingNetwork } from '../workloads.ts';
import { loadNetwork } from './loaded-network.ts';
import { microsPerCall } from './micros-per-call.ts';

/** Prints what judging one purchase costs, in microseconds, in a network of as many users as its argument says. */
const { detector, candidates } = loadNetwork(growingNetwork(Number(process.argv[2])));
console.log(microsPerCall(candidates, ({ user, amount }) => detector.judgeAmount(user, { high: 0, low: amount })));
