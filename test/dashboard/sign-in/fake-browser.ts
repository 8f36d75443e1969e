import type { SiteConfig } from '../../../lib/core/api/site-config.ts';
import { Protocol } from '../../../lib/dashboard/sign-in/protocol.ts';
import { Session, type Surroundings } from '../../../lib/dashboard/sign-in/session.ts';
import type { FakeIssuer } from './fake-issuer.ts';

export const HOME = 'https://dashboard.example/';

/** A tab of a browser: it goes where pages lead it, and loads them anew. */
export class FakeBrowser {
  address = new URL(HOME);
  /** Every address that the address line has shown. */
  readonly shown: string[] = [];
  readonly stored = new Map<string, string>();
  config: () => SiteConfig;
  /** Near the clock's own time: the library looks at that one, too. */
  now = Date.now();
  /** How the API answers; it is there if it is asked in the name of somebody that the issuer knows. */
  readonly asked: (string | null)[] = [];
  readonly #issuer: FakeIssuer;
  #leadsTo: string | undefined;

  constructor(toIssuer: (now: () => number) => FakeIssuer) {
    this.#issuer = toIssuer(() => this.now);
    this.config = () => ({ signIn: this.#issuer.signIn });
  }

  /** Loads a page, and whatever it leads to, until one stays. */
  async open(path: string): Promise<Session> {
    this.#go(new URL(path, HOME).href);
    for (;;) {
      this.#leadsTo = undefined;
      const session = new Session(this.#surroundings());
      await session.start();
      if (this.#leadsTo === undefined) return session;
      const answer = await this.follow(this.#leadsTo);
      if (answer !== 'a page of ours') return session;
    }
  }

  /** Where the last page has led to. */
  async follow(address = this.#leadsTo ?? ''): Promise<string> {
    const url = new URL(address);
    const answer = await this.#issuer.answer({ method: 'GET', url, body: new URLSearchParams() });
    if (answer.kind !== 'redirect') return JSON.stringify(answer);
    this.#go(answer.to);
    return 'a page of ours';
  }

  #go(address: string): void {
    this.address = new URL(address);
    this.shown.push(address);
  }

  #surroundings(): Surroundings {
    return {
      fetch: (input, request) => this.#fetch(new Request(new URL(addressIn(input), HOME), request)),
      now: () => this.now,
      storage: {
        getItem: (key) => this.stored.get(key) ?? null,
        setItem: (key, value) => void this.stored.set(key, value),
        removeItem: (key) => void this.stored.delete(key),
      },
      address: () => this.address,
      showAddress: (address) => this.#go(address),
      goTo: (address) => (this.#leadsTo = address),
      readConfig: async () => this.config(),
      loadProtocol: async (options) => new Protocol(options),
    };
  }

  async #fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.origin === this.#issuer.signIn.domain) {
      const body = new URLSearchParams(await request.text());
      const answer = await this.#issuer.answer({ method: request.method, url, body });
      return answer.kind === 'json' ? Response.json(answer.body, { status: answer.status }) : Response.error();
    }
    const authorization = request.headers.get('authorization');
    this.asked.push(authorization);
    return Response.json({}, { status: this.#issuer.accepts(authorization) ? 200 : 401 });
  }
}

function addressIn(input: string | URL | Request): string | URL {
  return input instanceof Request ? input.url : input;
}
