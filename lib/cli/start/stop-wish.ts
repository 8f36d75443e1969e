import type { Host } from '../host.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The wish that the run may end: Ctrl-C, a signal, or `flagstone stop`. A second signal ends the process at once. */
export class StopWish {
  readonly #host: Host;
  readonly #made = new AbortController();

  constructor(host: Host) {
    this.#host = host;
    for (const signal of SIGNALS) host.once(signal, this.make);
  }

  get signal(): AbortSignal {
    return this.#made.signal;
  }

  readonly make = (): void => {
    for (const signal of SIGNALS) this.#host.off(signal, this.make);
    this.#made.abort();
  };

  async granted(): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise((resolve) => this.signal.addEventListener('abort', resolve, { once: true }));
  }
}
