import type { SiteConfig } from '../../core/api/site-config.ts';
import { keepAttempt, takeAttempt, type Attempt, type AttemptStorage } from './attempt.ts';
import type { Protocol, ProtocolOptions, Tokens } from './protocol.ts';

export type SessionState =
  /** It is being found out. */
  | { readonly kind: 'starting' }
  /** There is no sign-in: everybody is let in. */
  | { readonly kind: 'open' }
  | { readonly kind: 'signed in'; readonly who: string | undefined }
  | { readonly kind: 'signed out' }
  /** Somebody was signed in, and is no more. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly reason: string };

/** The browser, as far as signing in needs it. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly storage: AttemptStorage;
  readonly address: () => URL;
  /** Changes what the address line shows, and the history with it. */
  readonly showAddress: (address: string) => void;
  /** Leaves the page, which one does not come back to by going back. */
  readonly goTo: (address: string) => void;
  readonly readConfig: () => Promise<SiteConfig>;
  /** Loaded only where there is sign-in. */
  readonly loadProtocol: (options: ProtocolOptions) => Promise<Protocol>;
}

/** Whether the pages are shown. */
export function isLetIn({ kind }: SessionState): boolean {
  return kind === 'open' || kind === 'signed in';
}

/** There is nobody for whom the API could be asked. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';
}

interface Answer {
  readonly query: URLSearchParams;
  readonly attempt: Attempt | undefined;
}

/** Tokens that end so soon are renewed before they are used. */
const RENEW_BEFORE_MS = 60_000;
const UNAUTHORIZED = 401;

/** Who looks at the page. What proves it is nowhere but in here, and gone with the page. */
export class Session {
  readonly #surroundings: Surroundings;
  readonly #listeners = new Set<(state: SessionState) => void>();
  #state: SessionState = { kind: 'starting' };
  #protocol: Protocol | undefined;
  #tokens: Tokens | undefined;
  #renewal: Promise<void> | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get state(): SessionState {
    return this.#state;
  }

  watch(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** To be called once, before anything is drawn: the address may hold the answer to a sign-in, which nobody is to see. */
  async start(): Promise<void> {
    const answer = this.#takeAnswer();
    try {
      const { signIn } = await this.#surroundings.readConfig();
      if (signIn === null) return this.#become({ kind: 'open' });
      const { fetch, now, address, loadProtocol } = this.#surroundings;
      const home = `${address().origin}/`;
      if (!signIn.pages.includes(home)) throw new Error(`Nobody can sign in from ${home}: open ${signIn.pages[0]}.`);
      this.#protocol = await loadProtocol({ signIn, fetch, now, home });
      // Whoever has signed in before is let in without being asked: only the server knows.
      if (answer === undefined) await this.#leaveToSignIn(true);
      else await this.#finish(this.#protocol, answer);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Leaves the page, to come back to it signed in. */
  async signIn(): Promise<void> {
    try {
      await this.#leaveToSignIn(false);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Forgets who it was before anything else: the browser may keep the page as it is. */
  async signOut(): Promise<void> {
    const [tokens, protocol] = [this.#tokens, this.#protocol];
    this.#tokens = undefined;
    this.#become({ kind: 'signed out' });
    if (protocol === undefined) return;
    // What cannot be revoked now ends by itself; whoever wants to leave is not held.
    if (tokens !== undefined) await protocol.revoke(tokens).catch(() => undefined);
    this.#surroundings.goTo(protocol.signOutAddress);
  }

  /** As `fetch`, in the name of who has signed in. @throws NotSignedIn */
  readonly fetch = async (address: string, request: RequestInit = {}): Promise<Response> => {
    if (this.#state.kind === 'open') return this.#surroundings.fetch(address, request);
    const tokens = await this.#validTokens();
    const response = await this.#fetchWith(tokens, address, request);
    if (response.status !== UNAUTHORIZED) return response;
    // Another request may have renewed them meanwhile.
    if (this.#tokens === tokens) await this.#renew();
    const again = await this.#fetchWith(this.#known(), address, request);
    if (again.status === UNAUTHORIZED) this.#end();
    return again;
  };

  #fetchWith({ access }: Tokens, address: string, request: RequestInit): Promise<Response> {
    return this.#surroundings.fetch(address, { ...request, headers: { authorization: `Bearer ${access}` } });
  }

  async #validTokens(): Promise<Tokens> {
    if (this.#known().expiresAt - this.#surroundings.now() < RENEW_BEFORE_MS) await this.#renew();
    return this.#known();
  }

  #known(): Tokens {
    if (this.#tokens === undefined) throw new NotSignedIn('nobody is signed in');
    return this.#tokens;
  }

  /** Once for all that wait. */
  #renew(): Promise<void> {
    this.#renewal ??= this.#renewNow().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async #renewNow(): Promise<void> {
    const tokens = this.#known();
    const renewed = await this.#protocol?.renew(tokens);
    // Signed out meanwhile.
    if (this.#tokens !== tokens) return;
    if (renewed === undefined) this.#end();
    else this.#tokens = renewed;
  }

  #end(): void {
    this.#tokens = undefined;
    this.#become({ kind: 'ended' });
  }

  async #finish(protocol: Protocol, { query, attempt }: Answer): Promise<void> {
    if (attempt === undefined) throw new Error('This answer belongs to no sign-in that was begun in this tab.');
    this.#tokens = await protocol.finish(query, attempt);
    this.#become(this.#tokens === undefined ? { kind: 'signed out' } : { kind: 'signed in', who: this.#tokens.who });
  }

  async #leaveToSignIn(isSilent: boolean): Promise<void> {
    if (this.#protocol === undefined) return this.start();
    const { address, storage, goTo } = this.#surroundings;
    const { pathname, search, hash } = address();
    const attempt = this.#protocol.begin(`${pathname}${search}${hash}`, isSilent);
    const leadsTo = await this.#protocol.addressOf(attempt);
    keepAttempt(storage, attempt);
    goTo(leadsTo);
  }

  /** What the server sends people back with, which is in the address no more. */
  #takeAnswer(): Answer | undefined {
    const { address, showAddress, storage } = this.#surroundings;
    const { searchParams: query, pathname, origin } = address();
    if (pathname !== '/' || !(query.has('code') || query.has('error'))) return undefined;
    const attempt = takeAttempt(storage);
    // The origin is written out, as a path may begin with two slashes.
    showAddress(`${origin}${attempt?.returnTo ?? '/'}`);
    return { query, attempt };
  }

  #fail(error: unknown): void {
    this.#become({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }

  #become(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
