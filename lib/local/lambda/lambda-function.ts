import type { FunctionDefinition } from '../deploy/definitions.ts';
import type { Tell } from '../run-events.ts';
import { errorIn } from './function-log.ts';
import type { FunctionError, Invocation, InvocationResult } from './invocation.ts';
import { Sandbox } from './sandbox/sandbox.ts';

/** Sandboxes of a function with no concurrency reserved; Lambda would give it hundreds. */
const MOST_SANDBOXES = 8;
const IDLE_MS = 5 * 60_000;

export interface LambdaFunctionOptions {
  readonly definition: FunctionDefinition;
  readonly environment: Readonly<Record<string, string>>;
  readonly script: URL;
  /** Takes what the function writes, line by line. */
  readonly log: (line: string) => void;
  readonly tell: Tell;
}

/** A function: as many sandboxes as it has invocations at a time, kept warm for the next ones. */
export class LambdaFunction {
  readonly definition: FunctionDefinition;
  readonly #options: LambdaFunctionOptions;
  readonly #idle: IdleSandbox[] = [];
  readonly #busy = new Set<Sandbox>();
  #lastError: FunctionError | undefined;
  #invocations = 0;

  constructor(options: LambdaFunctionOptions) {
    this.definition = options.definition;
    this.#options = options;
  }

  /** How the latest invocation failed; undefined if it did not. */
  get lastError(): FunctionError | undefined {
    return this.#lastError;
  }

  get invocations(): number {
    return this.#invocations;
  }

  get underWay(): number {
    return this.#busy.size;
  }

  get mostAtOnce(): number {
    return this.definition.reservedConcurrency ?? MOST_SANDBOXES;
  }

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    if (this.#busy.size >= this.mostAtOnce) return { outcome: 'throttled' };
    const sandbox = this.#wakeOrStart();
    this.#busy.add(sandbox);
    try {
      const result = await sandbox.invoke(invocation);
      this.#learnFrom(result, sandbox);
      return result;
    } finally {
      this.#busy.delete(sandbox);
      this.#putAside(sandbox);
    }
  }

  async end(): Promise<void> {
    const all = [...this.#busy, ...this.#idle.map(({ sandbox }) => sandbox)];
    this.#idle.forEach(({ timer }) => clearTimeout(timer));
    this.#idle.length = 0;
    await Promise.all(all.map((sandbox) => sandbox.end()));
  }

  /** The one used last: the others are left to grow old. */
  #wakeOrStart(): Sandbox {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle === undefined) return this.#start();
      clearTimeout(idle.timer);
      if (idle.sandbox.death === undefined) return idle.sandbox;
      this.#tellDeath(idle.sandbox.death);
    }
  }

  #start(): Sandbox {
    const { script, definition, environment } = this.#options;
    return new Sandbox({ script, definition, environment, log: (line) => this.#log(line) });
  }

  #putAside(sandbox: Sandbox): void {
    if (sandbox.death !== undefined) return;
    const timer = setTimeout(() => void this.#retire(sandbox), IDLE_MS).unref();
    this.#idle.push({ sandbox, timer });
  }

  async #retire(sandbox: Sandbox): Promise<void> {
    const place = this.#idle.findIndex((idle) => idle.sandbox === sandbox);
    if (place >= 0) this.#idle.splice(place, 1);
    await sandbox.end();
  }

  #learnFrom(result: InvocationResult, sandbox: Sandbox): void {
    this.#invocations++;
    this.#lastError = result.outcome === 'failed' ? result.error : undefined;
    if (result.outcome !== 'failed') return;
    if (sandbox.death === undefined) {
      this.#options.log(JSON.stringify({ level: 'ERROR', ...result.error }));
      this.#options.tell({ kind: 'invocation-failed', functionName: this.definition.name, error: result.error });
    } else {
      this.#tellDeath(sandbox.death);
    }
  }

  #tellDeath(reason: string): void {
    this.#options.log(JSON.stringify({ level: 'CRITICAL', message: `the sandbox died: ${reason}` }));
    this.#options.tell({ kind: 'sandbox-died', functionName: this.definition.name, reason });
  }

  #log(line: string): void {
    this.#options.log(line);
    const message = errorIn(line);
    if (message) this.#options.tell({ kind: 'error-logged', functionName: this.definition.name, message });
  }
}

interface IdleSandbox {
  readonly sandbox: Sandbox;
  readonly timer: NodeJS.Timeout;
}
