/** What a log tells of an error. */
export interface DescribedError {
  readonly name: string;
  /** Only where it can quote nothing. */
  readonly message?: string;
  /** Where it was thrown, the innermost place first. */
  readonly at: readonly string[];
  /** What AWS answered, by which its support finds the request. */
  readonly request?: { readonly id: string | undefined; readonly status: number | undefined };
  readonly cause?: DescribedError;
  /** Of several errors in one, the first ones. */
  readonly errors?: readonly DescribedError[];
}

/**
 * Errors whose messages hold nothing of what was worked on. All others may: a parser quotes its text, V8 the number that it
 * cannot convert, DynamoDB the item that it refuses, S3 a key.
 */
const DISCREET: ReadonlySet<string> = new Set([
  'DiscreetError',
  'InvocationFailed',
  'StaleReadError',
  'TryLaterError',
  'UnreadableStateError',
  'UnusableModel',
  'AccessDeniedException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ResourceNotFoundException',
  'ThrottlingException',
]);

const MOST_ERRORS = 3;
const DEEPEST = 5;
const NAME = /^[A-Za-z][\w.]{0,80}$/;
/** A place in a file: `at NetworkSession.apply (/var/task/lib/adapters/network/network-session.ts:73:9)`. */
const PLACE = /^\s+at (?:(?:async |new )*[\w$.#<>]+ (?:\[as \w+\] )?)?\(?(?:file:|node:|\/)[^\s()?]+:\d+:\d+\)?$/;
const MOST_PLACES = 12;

/** What was thrown, without anything that it may quote of an event, an item or a request. */
export function describeError(thrown: unknown, depth = 0): DescribedError {
  if (!(thrown instanceof Error)) return { name: typeof thrown, at: [] };
  const { $metadata: reply, errors } = thrown as AwsError & Partial<AggregateError>;
  const name = NAME.test(thrown.name) ? thrown.name : 'Error';
  const isDeep = depth >= DEEPEST;
  return {
    name,
    ...(DISCREET.has(name) && { message: thrown.message }),
    at: placesIn(thrown),
    ...(reply && { request: { id: reply.requestId, status: reply.httpStatusCode } }),
    ...(thrown.cause !== undefined && !isDeep && { cause: describeError(thrown.cause, depth + 1) }),
    ...(errors && !isDeep && { errors: errors.slice(0, MOST_ERRORS).map((one) => describeError(one, depth + 1)) }),
  };
}

interface AwsError extends Error {
  readonly $metadata?: { readonly requestId?: string; readonly httpStatusCode?: number };
}

function placesIn({ stack = '', message }: Error): string[] {
  // The message is in front, and can have lines that look like places.
  const start = stack.indexOf(message);
  const places = start < 0 ? stack : stack.slice(start + message.length);
  return places
    .split('\n')
    .filter((line) => PLACE.test(line))
    .slice(0, MOST_PLACES)
    .map((line) => line.trim().slice('at '.length));
}

/** What a handler throws on instead of what has gone wrong, to which its log has more. */
export class InvocationFailed extends Error {
  override readonly name = 'InvocationFailed';

  constructor(thrown: unknown, requestId: string) {
    const { name, message } = describeError(thrown);
    super(`${message === undefined ? name : `${name}: ${message}`} (the log of ${requestId} has more of it)`);
    // That of this place would say nothing.
    this.stack = `${this.name}: ${this.message}`;
  }
}
