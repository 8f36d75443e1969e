import type { Offer } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Draws } from './draws.ts';
import type { Faults } from './faults.ts';
import type { Outage } from './outage.ts';
import type { Sandbox } from './sandbox.ts';
import type { Trace } from './trace.ts';

/** A service as its clients see it: it takes a command, and throws what its answer would make the client throw. */
export interface SimulatedService {
  readonly name: string;
  execute(command: Command): unknown;
  /** What it says when it is asked too much. */
  throttled(): Error;
}

export interface Command {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface WireOptions {
  readonly draws: Draws;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly trace: Trace;
  /** Only where a service is to be down for a while. */
  readonly outage?: Outage | undefined;
}

/** So long after it was sent can a request still take effect. */
const LONGEST_UNDER_WAY_MS = 5 * 60_000;
const MOST_REPETITIONS = 2;
const PACES = [1, 1, 1, 1, 1, 0.1, 0.02];

type Answer = { readonly value: unknown } | { readonly error: Error };

interface Request {
  readonly id: number;
  readonly sandbox: Sandbox;
  readonly service: SimulatedService;
  readonly command: Command;
  readonly sentAt: number;
  /** Slow ones let many others pass. Made once: all are weighed at every step. */
  readonly offer: Offer;
  readonly settle: (answer: Answer) => void;
  /** On its way back. */
  answer?: Answer;
  repetitions: number;
  /** Nobody waits for it any more. */
  isOrphan: boolean;
}

interface Sleeper {
  readonly sandbox: Sandbox;
  readonly until: number;
  readonly offer: Offer;
  readonly wake: () => void;
}

/** All requests and sleeps under way: each completes when it is drawn, and how is drawn, too. */
export class Wire {
  readonly #options: WireOptions;
  #requests: Request[] = [];
  #sleepers: Sleeper[] = [];
  #sent = 0;
  /** Sandboxes that wait for an answer that never comes. */
  readonly stuck = new Set<Sandbox>();

  constructor(options: WireOptions) {
    this.#options = options;
  }

  send(sandbox: Sandbox, service: SimulatedService, command: Command): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { clock, draws } = this.#options;
      const request: Request = {
        id: ++this.#sent,
        sandbox,
        service,
        command,
        sentAt: clock.now,
        offer: { weight: sandbox.pace * draws.pick(PACES), run: () => this.#progress(request) },
        settle: (answer) => ('error' in answer ? reject(answer.error) : resolve(answer.value)),
        repetitions: 0,
        isOrphan: false,
      };
      this.#requests.push(request);
    });
  }

  sleep(sandbox: Sandbox, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const { clock, draws } = this.#options;
      const weight = 0.5 * sandbox.pace * draws.pick(PACES);
      const sleeper: Sleeper = {
        sandbox,
        until: clock.now + milliseconds,
        offer: { weight, run: () => this.#wake(sleeper) },
        wake: resolve,
      };
      this.#sleepers.push(sleeper);
    });
  }

  /** What can happen on the wire next. */
  offers(): Offer[] {
    return [...this.#requests, ...this.#sleepers].map(({ offer }) => offer);
  }

  /** Whether somebody in the sandbox waits for what will come. */
  isWaiting(sandbox: Sandbox): boolean {
    return (
      this.#requests.some((request) => request.sandbox === sandbox && !request.isOrphan) ||
      this.#sleepers.some((sleeper) => sleeper.sandbox === sandbox)
    );
  }

  /** The sandbox is gone; what it has sent may still arrive. */
  forget(sandbox: Sandbox): void {
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.sandbox !== sandbox);
    this.#requests = this.#requests.filter((request) => {
      if (request.sandbox !== sandbox) return true;
      request.isOrphan = true;
      return request.answer === undefined;
    });
    this.stuck.delete(sandbox);
  }

  #wake(sleeper: Sleeper): void {
    const { clock, trace } = this.#options;
    this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
    clock.advanceTo(sleeper.until);
    trace.note(() => `${sleeper.sandbox.name} wakes up`);
    sleeper.wake();
  }

  #progress(request: Request): void {
    if (request.answer !== undefined) this.#settle(request, request.answer, 'is answered late');
    else if (request.isOrphan) this.#arriveOrphaned(request);
    else this.#arrive(request);
  }

  #arriveOrphaned(request: Request): void {
    const { clock, draws } = this.#options;
    this.#drop(request);
    if (clock.now - request.sentAt > LONGEST_UNDER_WAY_MS || draws.chance(0.3)) {
      this.#note(request, 'never arrives');
    } else {
      const answer = this.#execute(request);
      this.#note(request, `arrives, though nobody waits for it: ${outcomeOf(answer)}`);
    }
  }

  #arrive(request: Request): void {
    const { faults, draws, outage } = this.#options;
    if (outage?.refuses(request.service.name))
      return this.#settle(request, { error: request.service.throttled() }, 'down');
    if (faults.strikes('requestLost')) return this.#settle(request, timedOut(), 'does not arrive');
    if (faults.strikes('throttled')) return this.#settle(request, { error: request.service.throttled() }, 'throttled');
    if (faults.strikes('requestLate')) {
      this.#note(request, 'times out, and is still under way');
      request.isOrphan = true;
      return request.settle(timedOut());
    }
    const answer = this.#execute(request);
    if (faults.strikes('replyLost')) return this.#settle(request, timedOut(), `${outcomeOf(answer)}, reply lost`);
    if (faults.strikes('unanswered')) return this.#leaveUnanswered(request, answer);
    if (request.repetitions < MOST_REPETITIONS && faults.strikes('sentAgain')) {
      request.repetitions++;
      return this.#note(request, `${outcomeOf(answer)}, reply lost, and sent again`);
    }
    if (faults.strikes('arrivesTwice')) {
      const second: Request = {
        ...request,
        isOrphan: true,
        offer: { weight: 0.02, run: () => this.#progress(second) },
      };
      this.#requests.push(second);
    }
    if (draws.chance(0.2)) {
      request.answer = answer;
      return this.#note(request, `${outcomeOf(answer)}, reply under way`);
    }
    this.#settle(request, answer, outcomeOf(answer));
  }

  #leaveUnanswered(request: Request, answer: Answer): void {
    this.#drop(request);
    this.stuck.add(request.sandbox);
    this.#note(request, `${outcomeOf(answer)}, and is never answered`);
  }

  #execute({ service, command }: Request): Answer {
    try {
      return { value: service.execute(command) };
    } catch (error) {
      if (error instanceof SimulationGap) throw error;
      return { error: error as Error };
    }
  }

  #settle(request: Request, answer: Answer, how: string): void {
    this.#drop(request);
    this.#note(request, how);
    request.settle(answer);
  }

  #drop(request: Request): void {
    this.#requests.splice(this.#requests.indexOf(request), 1);
  }

  #note({ id, sandbox, service, command }: Request, how: string): void {
    this.#options.trace.note(() => `${sandbox.name} #${id} ${service.name} ${shown(command)}: ${how}`);
  }
}

/** The simulation cannot do what the code asks for: a fault of the simulation, not of the code. */
export class SimulationGap extends Error {}

function timedOut(): Answer {
  return { error: Object.assign(new Error('the request timed out'), { name: 'TimeoutError' }) };
}

function outcomeOf(answer: Answer): string {
  return 'error' in answer ? answer.error.name : 'done';
}

const LONGEST_SHOWN = 400;

function shown({ name, input }: Command): string {
  const text = JSON.stringify(input, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
  );
  return `${name.replace('Command', '')} ${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text}`;
}
