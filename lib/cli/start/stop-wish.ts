import type { Host } from '../host.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Under npm, one Ctrl-C arrives twice: from the terminal, and from npm. Nobody presses it twice as fast as that. */
const SAME_WISH_MS = 500;

/** The wish that the run may end: Ctrl-C, a signal, or `flagstone stop`. A later signal ends the process at once. */
export class StopWish {
  readonly #host: Host;
  readonly #made = new AbortController();

  constructor(host: Host) {
    this.#host = host;
    this.#listen();
  }

  get signal(): AbortSignal {
    return this.#made.signal;
  }

  readonly make = (): void => {
    if (this.signal.aborted) return;
    this.#made.abort();
    setTimeout(() => this.#stopListening(), SAME_WISH_MS).unref();
  };

  async granted(): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise((resolve) => this.signal.addEventListener('abort', resolve, { once: true }));
  }

  readonly #hear = (): void => {
    // Each listener hears once.
    this.#stopListening();
    this.#listen();
    this.make();
  };

  #listen(): void {
    for (const signal of SIGNALS) this.#host.once(signal, this.#hear);
  }

  #stopListening(): void {
    for (const signal of SIGNALS) this.#host.off(signal, this.#hear);
  }
}
