import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { SignIn } from '../../../lib/core/api/site-config.ts';

export interface IssuerRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: URLSearchParams;
}

/** A redirect of the browser, a page for a person, or JSON for the page's own requests. */
export type IssuerAnswer =
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'page'; readonly status: number; readonly text: string }
  | { readonly kind: 'json'; readonly status: number; readonly body: object };

interface Grant {
  readonly who: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly home: string;
}

const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });
const DOMAIN = 'https://sign-in.example';

/** Signs people in as Amazon Cognito does: a domain where people sign in, and an issuer of another name. */
export class FakeIssuer {
  readonly signIn: SignIn;
  /** Whoever the browser's cookie says has signed in. */
  signedIn: string | undefined;
  /** What it answers instead of asking somebody. */
  refusal: { readonly error: string; readonly error_description: string } | undefined;
  /** What tokens are asked for is answered with instead. */
  fault: { readonly status: number; readonly body: object } | undefined;
  /** What is put into the next identity tokens in place of what belongs there. */
  forged: Readonly<Record<string, unknown>> = {};
  lifetimeSeconds = 900;
  /** Waits so long before it gives tokens. */
  delay: Promise<unknown> = Promise.resolve();
  /** What was asked of it, such as `POST /oauth2/token refresh_token`. */
  readonly asked: string[] = [];
  readonly #now: () => number;
  readonly #grants = new Map<string, Grant>();
  readonly #refreshing = new Map<string, Grant>();
  readonly #valid = new Map<string, number>();

  /** People may come back to these pages. */
  constructor(pages: string[], now: () => number = Date.now) {
    const issuer = 'https://issuer.example/pool';
    this.signIn = { issuer, domain: DOMAIN, clientId: 'dashboard', scopes: ['openid', 'email'], pages };
    this.#now = now;
  }

  /** Whether the API would take it. */
  accepts(authorization: string | null | undefined): boolean {
    const end = this.#valid.get(authorization?.replace(/^Bearer /, '') ?? '');
    return end !== undefined && this.#now() < end;
  }

  /** As if an administrator had ended the access that has been given so far. */
  expireAccess(): void {
    this.#valid.clear();
  }

  /** As if an administrator had ended all sessions. */
  endSessions(): void {
    this.expireAccess();
    this.#refreshing.clear();
    this.signedIn = undefined;
  }

  async answer({ method, url, body }: IssuerRequest): Promise<IssuerAnswer> {
    this.asked.push([method, url.pathname, body.get('grant_type') ?? url.searchParams.get('prompt')].join(' ').trim());
    switch (`${method} ${url.pathname}`) {
      case 'GET /oauth2/authorize':
        return this.#authorize(url.searchParams);
      case 'POST /oauth2/token':
        await this.delay;
        return this.#tokens(body);
      case 'POST /oauth2/revoke':
        this.#refreshing.delete(body.get('token') ?? '');
        return { kind: 'json', status: 200, body: {} };
      case 'GET /logout':
        return this.#signOut(url.searchParams);
      default:
        return { kind: 'page', status: 404, text: 'Not found' };
    }
  }

  #authorize(query: URLSearchParams): IssuerAnswer {
    const home = query.get('redirect_uri') ?? '';
    const fault = this.#faultIn(query);
    // Nobody is sent to an address that nobody has registered.
    if (fault !== undefined) return { kind: 'page', status: 400, text: `An error was encountered: ${fault}` };
    const back = (answer: Readonly<Record<string, string>>): IssuerAnswer => {
      const state = query.get('state') ?? '';
      return { kind: 'redirect', to: `${home}?${new URLSearchParams({ ...answer, state }).toString()}` };
    };
    if (this.refusal !== undefined) return back(this.refusal);
    if (this.signedIn === undefined) {
      return query.get('prompt') === 'none'
        ? back({ error: 'login_required' })
        : { kind: 'page', status: 200, text: 'Sign in to Flagstone' };
    }
    const code = randomText();
    const [nonce, challenge] = [query.get('nonce') ?? '', query.get('code_challenge') ?? ''];
    this.#grants.set(code, { who: this.signedIn, nonce, challenge, home });
    return back({ code });
  }

  #faultIn(query: URLSearchParams): string | undefined {
    if (query.get('client_id') !== this.signIn.clientId) return 'invalid_client';
    if (!this.signIn.pages.includes(query.get('redirect_uri') ?? '')) return 'redirect_mismatch';
    const isWhole = query.get('response_type') === 'code' && query.get('code_challenge_method') === 'S256';
    const isLong = ['state', 'nonce', 'code_challenge'].every((name) => (query.get(name) ?? '').length >= 43);
    return isWhole && isLong && query.get('scope') === 'openid email' ? undefined : 'invalid_request';
  }

  #tokens(body: URLSearchParams): IssuerAnswer {
    if (this.fault !== undefined) return { kind: 'json', ...this.fault };
    const refresh = body.get('refresh_token') ?? '';
    const grant = body.get('grant_type') === 'refresh_token' ? this.#refreshing.get(refresh) : this.#redeem(body);
    if (grant === undefined || body.get('client_id') !== this.signIn.clientId) {
      return { kind: 'json', status: 400, body: { error: 'invalid_grant' } };
    }
    const access = randomText();
    this.#valid.set(access, this.#now() + this.lifetimeSeconds * 1000);
    const given = { access_token: access, id_token: this.#identityToken(grant, body), token_type: 'Bearer' };
    const common = { ...given, expires_in: this.lifetimeSeconds };
    if (body.get('grant_type') === 'refresh_token') return { kind: 'json', status: 200, body: common };
    const renewing = randomText();
    this.#refreshing.set(renewing, grant);
    return { kind: 'json', status: 200, body: { ...common, refresh_token: renewing } };
  }

  /** A code is good once, for whoever has the verifier. */
  #redeem(body: URLSearchParams): Grant | undefined {
    const code = body.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    return grant?.challenge === challenge && grant.home === body.get('redirect_uri') ? grant : undefined;
  }

  #identityToken({ who, nonce }: Grant, body: URLSearchParams): string {
    const now = Math.floor(this.#now() / 1000);
    const claims = {
      iss: this.signIn.issuer,
      aud: this.signIn.clientId,
      sub: `user-${who}`,
      email: who,
      iat: now,
      exp: now + this.lifetimeSeconds,
      ...(body.get('grant_type') === 'authorization_code' && { nonce }),
      ...this.forged,
    };
    const signed = [{ alg: 'RS256', typ: 'JWT' }, claims].map(inBase64).join('.');
    return `${signed}.${sign('sha256', Buffer.from(signed), KEYS.privateKey).toString('base64url')}`;
  }

  #signOut(query: URLSearchParams): IssuerAnswer {
    const to = query.get('logout_uri') ?? '';
    if (!this.signIn.pages.includes(to)) return { kind: 'page', status: 400, text: 'redirect_mismatch' };
    this.signedIn = undefined;
    return { kind: 'redirect', to };
  }
}

function randomText(): string {
  return randomBytes(32).toString('base64url');
}

function inBase64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
