import type { Clock } from './clock.ts';
import type { Draws } from './draws.ts';
import type { Faults } from './faults.ts';
import type { Sandbox } from './sandbox.ts';
import type { Trace } from './trace.ts';
import { SimulationGap, type Wire } from './wire.ts';

/** A function as it runs in a sandbox once it has started. */
export type Handler = (event: never) => Promise<unknown>;

export interface LambdaOptions {
  readonly draws: Draws;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly wire: Wire;
  /** How wrong the clock of a function can be; by default it is right. */
  readonly mostSkewMs?: number;
  /** Starts a function in a new sandbox. */
  readonly start: (functionName: string, sandbox: Sandbox) => Handler;
}

/** What came of an invocation; `died` where nobody answers. */
export type Outcome =
  { readonly type: 'returned'; readonly value: unknown } | { readonly type: 'threw' | 'died'; readonly error: unknown };

export interface Invocation {
  readonly functionName: string;
  readonly sandbox: Sandbox;
  readonly startedAt: number;
  /** Called once, unless the invocation has been taken for dead. */
  readonly onOutcome: (outcome: Outcome) => void;
  isOver: boolean;
}

interface WarmSandbox {
  readonly functionName: string;
  readonly sandbox: Sandbox;
  readonly handler: Handler;
}

/** As long as Lambda lets an invocation run. */
export const LONGEST_INVOCATION_MS = 15 * 60_000;

const PACES = [1, 1, 1, 0.1, 0.03];

/** Runs functions in sandboxes that come and go. */
export class Lambda {
  readonly #options: LambdaOptions;
  readonly #running = new Set<Invocation>();
  #idle: WarmSandbox[] = [];
  #started = 0;

  constructor(options: LambdaOptions) {
    this.#options = options;
  }

  get running(): ReadonlySet<Invocation> {
    return this.#running;
  }

  invoke(functionName: string, event: object, onOutcome: Invocation['onOutcome']): Invocation {
    const warm = this.#takeSandbox(functionName);
    const { sandbox, handler } = warm;
    sandbox.busySince = this.#options.clock.now;
    const invocation: Invocation = { functionName, sandbox, startedAt: sandbox.busySince, onOutcome, isOver: false };
    this.#running.add(invocation);
    handler(structuredClone(event) as never).then(
      (value) => this.#end(invocation, warm, { type: 'returned', value }),
      (error: unknown) => this.#end(invocation, warm, { type: 'threw', error }),
    );
    return invocation;
  }

  /** Ends an invocation with its process, at the await where it is. */
  kill(invocation: Invocation, reason: string): void {
    const { sandbox } = invocation;
    this.#options.trace.note(() => `${sandbox.name} is killed: ${reason}`);
    sandbox.isDead = true;
    this.#options.wire.forget(sandbox);
    this.#running.delete(invocation);
    this.#finish(invocation, { type: 'died', error: new Error(reason) });
  }

  /** Whoever invoked it hears that it died; but it goes on. */
  abandon(invocation: Invocation): void {
    this.#options.trace.note(() => `${invocation.sandbox.name} is taken for dead`);
    this.#finish(invocation, { type: 'died', error: new Error('no answer') });
  }

  /** Kills the invocations that wait for what never comes, and those that have run too long. */
  enforceTimeouts(): void {
    const { clock, wire } = this.#options;
    for (const invocation of this.#running) {
      const { sandbox, startedAt } = invocation;
      if (clock.now - startedAt > LONGEST_INVOCATION_MS) this.kill(invocation, 'it has run too long');
      else if (!wire.isWaiting(sandbox)) {
        if (!wire.stuck.has(sandbox))
          throw new SimulationGap(`${sandbox.name} waits for something that is not simulated`);
        this.kill(invocation, 'it waits for an answer that never comes');
      }
    }
  }

  #takeSandbox(functionName: string): WarmSandbox {
    const { faults, start, trace } = this.#options;
    const idle = this.#idle.filter((warm) => warm.functionName === functionName);
    if (idle.length > 0 && !faults.strikes('coldStart')) {
      const warm = this.#options.draws.pick(idle);
      this.#idle = this.#idle.filter((other) => other !== warm);
      return warm;
    }
    const name = `${functionName}/${++this.#started}`;
    const pace = this.#options.draws.pick(PACES);
    const sandbox: Sandbox = { name, pace, skewMs: this.#drawSkew(functionName), isDead: false, busySince: undefined };
    trace.note(() => `${sandbox.name} starts${sandbox.skewMs === 0 ? '' : `, its clock ${sandbox.skewMs} ms ahead`}`);
    return { functionName, sandbox, handler: start(functionName, sandbox) };
  }

  #drawSkew(functionName: string): number {
    const { draws, mostSkewMs = 0 } = this.#options;
    const skewMs = mostSkewMs === 0 ? 0 : draws.pick([-1, -0.1, 0, 0, 0.1, 1]) * mostSkewMs;
    // One that is behind waits for a batch log for so much longer, poll by poll.
    return functionName === 'stream-log' ? Math.abs(skewMs) : skewMs;
  }

  #end(invocation: Invocation, warm: WarmSandbox, outcome: Outcome): void {
    if (warm.sandbox.isDead) return;
    this.#options.trace.note(() => `${warm.sandbox.name} ${shown(outcome)}`);
    warm.sandbox.busySince = undefined;
    this.#idle.push(warm);
    this.#running.delete(invocation);
    this.#finish(invocation, outcome);
  }

  #finish(invocation: Invocation, outcome: Outcome): void {
    if (invocation.isOver) return;
    invocation.isOver = true;
    invocation.onOutcome(outcome);
  }
}

function shown(outcome: Outcome): string {
  if (outcome.type === 'returned') return `returns ${JSON.stringify(outcome.value)}`;
  const { error } = outcome;
  return `throws ${error instanceof Error ? [error.message, ...placesIn(error)].join('\n    ') : String(error)}`;
}

/** Where in the code under test. */
function placesIn({ stack = '' }: Error): string[] {
  return [...stack.matchAll(/(?:lib|functions)\/[^)\n]*/g)].map(([place]) => place);
}
