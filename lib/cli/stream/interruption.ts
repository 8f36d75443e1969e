import type { Host } from '../host.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Ctrl-C, or a signal: the first one is a wish, which the command grants; the next one ends the process at once. */
export class Interruption {
  readonly #host: Host;
  readonly #made = new AbortController();
  #exitCode: number | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.once('SIGINT', this.#hearInt);
    host.once('SIGTERM', this.#hearTerm);
  }

  get signal(): AbortSignal {
    return this.#made.signal;
  }

  /** What a shell expects of a process that was interrupted; undefined if this one was not. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  stopListening(): void {
    this.#host.off('SIGINT', this.#hearInt);
    this.#host.off('SIGTERM', this.#hearTerm);
  }

  readonly #hearInt = (): void => this.#hear('SIGINT');
  readonly #hearTerm = (): void => this.#hear('SIGTERM');

  #hear(name: keyof typeof SIGNALS): void {
    this.stopListening();
    this.#exitCode = SIGNALS[name];
    this.#made.abort();
  }
}

/** What comes until the signal, also where the next is never coming. */
export async function* untilAborted<Value>(values: AsyncGenerator<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (;;) {
    const next = await Promise.race([aborted, values.next()]);
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}
