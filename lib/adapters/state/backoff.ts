/** DynamoDB has refused for so long that whoever asked had better come back later. */
export class TryLaterError extends Error {
  override readonly name = 'TryLaterError';
}

export interface BackoffOptions {
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Gives numbers from 0 to before 1. */
  readonly random?: () => number;
}

const MOST_REFUSALS = 10;
const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 5_000;

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
]);

/** Repeats what was throttled, waiting longer each time, by random times, so that many do not come back at once. */
export class Backoff {
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #random: () => number;

  constructor({ sleep = sleepReally, random = Math.random }: BackoffOptions = {}) {
    this.#sleep = sleep;
    this.#random = random;
  }

  /**
   * Repeats a step until it gives that nothing is left. Gives up after 10 times in a row without any progress: as long as
   * less is left each time, it is only slow.
   * @throws TryLaterError
   */
  async untilNothingIsLeft(what: string, step: () => Promise<number>): Promise<void> {
    let left = Infinity;
    for (let refusals = 1; ; refusals++) {
      const { nowLeft, throttling } = await this.#attempt(step, left);
      if (nowLeft === 0) return;
      if (nowLeft < left) refusals = 1;
      if (refusals === MOST_REFUSALS) {
        throw new TryLaterError(`DynamoDB has refused ${what} ${MOST_REFUSALS} times in a row`, { cause: throttling });
      }
      left = nowLeft;
      await this.#sleep(this.#random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (refusals - 1)));
    }
  }

  /** Repeats a request that is throttled as a whole. @throws TryLaterError */
  async whileThrottled<Output>(what: string, request: () => Promise<Output>): Promise<Output> {
    let output: Output | undefined;
    await this.untilNothingIsLeft(what, async () => {
      output = await request();
      return 0;
    });
    return output as Output;
  }

  async #attempt(step: () => Promise<number>, left: number): Promise<{ nowLeft: number; throttling?: unknown }> {
    try {
      return { nowLeft: await step() };
    } catch (error) {
      if (!isThrottling(error)) throw error;
      return { nowLeft: left, throttling: error };
    }
  }
}

function isThrottling(error: unknown): boolean {
  return error instanceof Error && THROTTLED.has(error.name);
}

async function sleepReally(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
