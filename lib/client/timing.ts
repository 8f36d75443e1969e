/** When the client does what, in milliseconds. */
export interface Timing {
  /** The longest that opening a connection may take. */
  readonly openWithin: number;
  /** How often the connection is looked after, and the server asked for a sign of life. */
  readonly beat: number;
  /** Without an answer for so long, the connection is given up and what is unanswered is sent on another. */
  readonly answerWithin: number;
  /** So long without a message, and a ping goes out as one: API Gateway closes after 10 minutes, and may not count ping frames. */
  readonly idle: number;
  /** Age at which a connection is renewed, between two points if possible: API Gateway closes after 2 hours, whatever is under way. */
  readonly renewAfter: number;
  /** The first pause before connecting again; each further one is up to twice as long. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** So long without any progress, and the client gives up. */
  readonly giveUpAfter: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const USUAL_TIMING: Timing = {
  openWithin: 15 * SECOND,
  beat: 15 * SECOND,
  answerWithin: 45 * SECOND,
  idle: 5 * MINUTE,
  renewAfter: 110 * MINUTE,
  firstPause: 0.5 * SECOND,
  longestPause: 30 * SECOND,
  giveUpAfter: 5 * MINUTE,
};

/**
 * The pause before the nth attempt to connect again: a random one, up to a limit that doubles ("full jitter", Brooker,
 * Exponential Backoff And Jitter, AWS Architecture Blog 2015), so that clients that were cut off together do not return together.
 */
export function pauseBefore(attempt: number, timing: Timing, random: () => number): number {
  // Beyond 2^30 the pause is the longest anyway.
  return random() * Math.min(timing.longestPause, timing.firstPause * 2 ** Math.min(attempt - 1, 30));
}
