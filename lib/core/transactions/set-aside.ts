import type { Seconds } from '../events/event.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { secondOfDay } from './hour-habits.ts';
import { logAmountOf } from './log-amount.ts';
import { hashOf } from './short-name.ts';
import type { Transaction } from './transaction.ts';

const DAY = 86_400;

/** A theft is over in days: the card is blocked. What comes back after a week was no theft. */
const RECURS_AFTER = 7 * DAY;
/** What comes once a month is still a habit, and what has not come for two is none. */
const FORGOTTEN_AFTER = 62 * DAY;
const MOST = 6;
const ALIKE_FACTOR = Math.LN2;
const ALIKE_SECONDS = 2 * 3600;

/** What is remembered of an anomalous transaction. */
interface Trace {
  readonly time: Seconds;
  readonly logAmount: number;
  readonly category: number;
  readonly location: number;
  readonly paymentMethod: number;
}

/**
 * A user's latest anomalous transactions. They teach nothing, unless one like them comes back after a week: so habits may change,
 * and a thief cannot teach theirs in a night.
 */
export class SetAside {
  #traces: Trace[] = [];

  /** Remembers an anomalous transaction. Returns whether it is one that has come back, and so a habit. */
  add(transaction: Transaction): boolean {
    const trace = traceOf(transaction);
    this.#traces = this.#traces.filter(({ time }) => trace.time - time < FORGOTTEN_AFTER);
    const alike = this.#traces.filter((other) => isAlike(other, trace));
    if (alike.some(({ time }) => trace.time - time >= RECURS_AFTER)) return true;
    // One alike stands for this one, and is the older.
    if (alike.length === 0) this.#traces = [...this.#traces, trace].slice(-MOST);
    return false;
  }

  merge(other: SetAside): void {
    this.#traces = [...this.#traces, ...other.#traces].toSorted((a, b) => a.time - b.time).slice(-MOST);
  }

  save(writer: ByteWriter): void {
    writer.byte(this.#traces.length);
    for (const trace of this.#traces) {
      writer.double(trace.time);
      writer.float(trace.logAmount);
      writer.uint32(trace.category);
      writer.uint32(trace.location);
      writer.uint32(trace.paymentMethod);
    }
  }

  restore(reader: ByteReader): void {
    this.#traces = Array.from({ length: reader.byte() }, () => ({
      time: reader.double(),
      logAmount: reader.float(),
      category: reader.uint32(),
      location: reader.uint32(),
      paymentMethod: reader.uint32(),
    }));
  }
}

function traceOf(transaction: Transaction): Trace {
  return {
    time: transaction.time,
    logAmount: logAmountOf(transaction),
    category: hashOf(transaction.merchantCategory),
    location: hashOf(transaction.location),
    paymentMethod: hashOf(transaction.paymentMethod),
  };
}

/** Of the same kind, for about the same amount, at about the same time of day. */
function isAlike(a: Trace, b: Trace): boolean {
  const apart = Math.abs(secondOfDay(a.time) - secondOfDay(b.time));
  return (
    a.category === b.category &&
    a.location === b.location &&
    a.paymentMethod === b.paymentMethod &&
    Math.abs(a.logAmount - b.logAmount) <= ALIKE_FACTOR &&
    Math.min(apart, DAY - apart) <= ALIKE_SECONDS
  );
}
