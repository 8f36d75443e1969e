/** Where Lambda keeps, in the journal bucket, the events that a function gave up on; it names the objects itself. */
export const FAILURES_PREFIX = 'aws/lambda/';
