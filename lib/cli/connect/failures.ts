/** An error of the AWS SDK: of the service, if it answered; else of the way to it. */
export interface AwsFailure extends Error {
  readonly $metadata: object;
  /** Whose fault the service says it is. */
  readonly $fault?: 'client' | 'server';
  readonly $retryable?: object;
}

export function isAwsFailure(error: unknown): error is AwsFailure {
  return error instanceof Error && '$metadata' in error;
}

/** No answer came: nothing listens there, or the connection broke. What was asked for may have been done. */
export function isUnanswered(error: AwsFailure): boolean {
  return error.$fault === undefined;
}

/** Whether the same request may well succeed later. */
export function isPassing(error: unknown): error is AwsFailure {
  if (!isAwsFailure(error)) return false;
  return isUnanswered(error) || error.$fault === 'server' || error.$retryable !== undefined || isThrottled(error);
}

function isThrottled({ name }: AwsFailure): boolean {
  return /Throttl|ThroughputExceeded|LimitExceeded|SlowDown/.test(name);
}
