/** A sign-in that is under way: what the page has to know when it is loaded again with the answer. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The page that was asked for, with its query: `/users/7?at=1`. */
  readonly returnTo: string;
  /** Whether nobody was to be asked anything: who is known already is let in, and nobody else. */
  readonly isSilent: boolean;
}

const KEY = 'flagstone-sign-in';

/** The part of the browser's session storage that is used. */
export interface AttemptStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export function keepAttempt(storage: AttemptStorage, attempt: Attempt): void {
  storage.setItem(KEY, JSON.stringify(attempt));
}

/** What was kept, which is there no more: an answer is good for once. */
export function takeAttempt(storage: AttemptStorage): Attempt | undefined {
  const kept = storage.getItem(KEY);
  storage.removeItem(KEY);
  return kept === null ? undefined : (JSON.parse(kept) as Attempt);
}
