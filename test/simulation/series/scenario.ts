import type { Draws } from '../world/draws.ts';

/** A message that a client is going to send, until it is answered. */
export interface PlannedMessage {
  readonly timestamp: number;
  /** Text: it is going to be refused. */
  readonly value: number | string;
}

export interface PlannedClient {
  readonly client: string;
  /** Whether it numbers its messages; if not, it sends one after the other. */
  readonly isNumbered: boolean;
  readonly source: string | undefined;
  readonly mostUnanswered: number;
  /** Points in a message at most. */
  readonly mostPoints: number;
  /** Whether it sends a message only when nothing is without an answer, and says so. */
  readonly isAlone: boolean;
  /** The windows that it asks for, one connection after the other. */
  readonly windows: readonly number[];
  readonly messages: readonly PlannedMessage[];
}

export interface SeriesScenario {
  readonly keptMs: number;
  /** The messages of one series may take more than a chunk, so these are long. */
  readonly clients: readonly PlannedClient[];
}

const DAY_MS = 24 * 60 * 60_000;

export function drawSeriesScenario(draws: Draws): SeriesScenario {
  const names = ['a', 'b'].slice(0, draws.pick([1, 1, 2]));
  return {
    keptMs: draws.pick([1, 30]) * DAY_MS,
    // Two programs may have one client's name.
    clients: Array.from({ length: draws.pick([1, 1, 2, 3]) }, (_, index) =>
      drawClient(draws, draws.pick(names), index),
    ),
  };
}

function drawClient(draws: Draws, client: string, index: number): PlannedClient {
  const isNumbered = draws.chance(0.7);
  const window = draws.integer(2, 12);
  const mostPoints = draws.pick([1, 1, 5, 40]);
  return {
    client,
    isNumbered,
    source: isNumbered && draws.chance(0.8) ? `source-${index}` : undefined,
    mostUnanswered: Math.max(mostPoints, isNumbered ? draws.pick([1, 3, 12]) : 1),
    mostPoints,
    isAlone: isNumbered && draws.chance(0.4),
    windows: draws.chance(0.7) ? [window] : [window, draws.integer(2, 12)],
    messages: drawMessages(draws, draws.pick([5, 20, 45, 80]), { index, isNumbered }),
  };
}

/**
 * Times mostly go on; now and then one goes back, or a value stands out. No two messages are the same, and if they have no
 * numbers, no two times are: their answers could not be told apart.
 */
function drawMessages(
  draws: Draws,
  count: number,
  { index, isNumbered }: { readonly index: number; readonly isNumbered: boolean },
): PlannedMessage[] {
  let time = 0;
  return Array.from({ length: count }, (_, place) => {
    time += isNumbered ? draws.pick([0, 1, 1, 2]) : 2;
    const late = draws.chance(0.08) ? 2 * draws.integer(1, 20) + (isNumbered ? 0 : 1 - (place + 1) / 1000) : 0;
    const value = (draws.chance(0.05) ? 1000 : draws.integer(0, 20)) + place / 1000 + index / 1e6;
    return { timestamp: time - late, value: draws.chance(0.04) ? 'no number' : value };
  });
}
