import type { RunEvent } from '../../local/run-events.ts';

type Trouble = Exclude<RunEvent, { readonly kind: 'object-created' }>;

type Sentences = {
  readonly [Kind in Trouble['kind']]: (event: Extract<Trouble, { readonly kind: Kind }>) => string;
};

const SENTENCES: Sentences = {
  'invocation-failed': ({ functionName, error }) => `${functionName} failed: ${error.errorType}: ${error.errorMessage}`,
  'sandbox-died': ({ functionName, reason }) => `${functionName} crashed: ${reason}; its next call gets a new sandbox`,
  'error-logged': ({ functionName, message }) => `${functionName}: ${message}`,
  'given-up': ({ functionName, what, kept }) =>
    `${functionName} has failed on ${what} for good; ${kept === undefined ? 'not kept' : `kept in ${kept}`}`,
  trouble: ({ message }) => message,
};

/** What went wrong, in a sentence. */
export function sentenceOnTrouble(event: Trouble): string {
  return (SENTENCES[event.kind] as (event: Trouble) => string)(event);
}
