import {
  AuthorizationResponseError,
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  getValidatedIdTokenClaims,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  processRevocationResponse,
  refreshTokenGrantRequest,
  ResponseBodyError,
  revocationRequest,
  validateAuthResponse,
  type AuthorizationServer,
  type Client,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import type { SignIn } from '../../core/api/site-config.ts';
import type { Attempt } from './attempt.ts';

export interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
  /** Milliseconds since 1970; infinite if the server does not say. */
  readonly expiresAt: number;
  /** Who has signed in, if the server says. */
  readonly who: string | undefined;
}

export interface ProtocolOptions {
  readonly signIn: SignIn;
  /** The page that people come back to, as the server knows it: all paths are one page. */
  readonly home: string;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** By so much the clocks of browser and server may differ, in seconds. */
const CLOCKS_APART_S = 60;

/** The server's words for: nobody is signed in, or somebody would have to be asked. */
const SOMEBODY_TO_ASK: ReadonlySet<string> = new Set([
  'login_required',
  'interaction_required',
  'account_selection_required',
  'consent_required',
]);

/**
 * Authorization code with a proof key (RFC 6749, RFC 7636), as OpenID Connect has it. The claims of the identity token are
 * checked, and not its signature: it comes from the server itself, over TLS (OpenID Connect Core 3.1.3.7, 6).
 */
export class Protocol {
  readonly #options: ProtocolOptions;
  readonly #server: AuthorizationServer;
  readonly #client: Client;
  readonly #request: { readonly [customFetch]: typeof fetch };

  constructor(options: ProtocolOptions) {
    const { issuer, domain, clientId } = options.signIn;
    this.#options = options;
    this.#server = {
      issuer,
      authorization_endpoint: `${domain}/oauth2/authorize`,
      token_endpoint: `${domain}/oauth2/token`,
      revocation_endpoint: `${domain}/oauth2/revoke`,
    };
    this.#client = { client_id: clientId, [clockTolerance]: CLOCKS_APART_S };
    this.#request = { [customFetch]: options.fetch };
  }

  begin(returnTo: string, isSilent: boolean): Attempt {
    const state = generateRandomState();
    return { state, nonce: generateRandomNonce(), verifier: generateRandomCodeVerifier(), returnTo, isSilent };
  }

  /** Where the browser has to go for an attempt. */
  async addressOf({ state, nonce, verifier, isSilent }: Attempt): Promise<string> {
    const { signIn, home } = this.#options;
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: signIn.clientId,
      redirect_uri: home,
      scope: signIn.scopes.join(' '),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(isSilent && { prompt: 'none' }),
    });
    return `${signIn.domain}/oauth2/authorize?${query.toString()}`;
  }

  /**
   * The tokens for the answer that the browser came back with; undefined if nobody is signed in, and nobody was to be asked.
   * @throws Error with a sentence that says why there are none
   */
  async finish(answer: URLSearchParams, attempt: Attempt): Promise<Tokens | undefined> {
    try {
      return await this.#exchange(answer, attempt);
    } catch (error) {
      const isUnknown = error instanceof AuthorizationResponseError && SOMEBODY_TO_ASK.has(error.error);
      if (attempt.isSilent && isUnknown) return undefined;
      throw explained(error);
    }
  }

  /** New tokens for old ones; undefined if the server has ended the session. @throws Error if it cannot be asked */
  async renew({ refresh, who }: Tokens): Promise<Tokens | undefined> {
    if (refresh === undefined) return undefined;
    const response = await refreshTokenGrantRequest(this.#server, this.#client, None(), refresh, this.#request);
    try {
      const renewed = this.#tokens(await processRefreshTokenResponse(this.#server, this.#client, response));
      return { ...renewed, refresh: renewed.refresh ?? refresh, who: renewed.who ?? who };
    } catch (error) {
      if (error instanceof ResponseBodyError && error.error === 'invalid_grant') return undefined;
      throw error;
    }
  }

  /** Makes what can be renewed useless, to whoever might have it. */
  async revoke({ refresh }: Tokens): Promise<void> {
    if (refresh === undefined) return;
    await processRevocationResponse(
      await revocationRequest(this.#server, this.#client, None(), refresh, this.#request),
    );
  }

  /** Where the browser has to go so that the server forgets who has signed in. */
  get signOutAddress(): string {
    const { signIn, home } = this.#options;
    return `${signIn.domain}/logout?${new URLSearchParams({ client_id: signIn.clientId, logout_uri: home }).toString()}`;
  }

  async #exchange(answer: URLSearchParams, { state, nonce, verifier }: Attempt): Promise<Tokens> {
    const given = validateAuthResponse(this.#server, this.#client, answer, state);
    const response = await authorizationCodeGrantRequest(
      this.#server,
      this.#client,
      None(),
      given,
      this.#options.home,
      verifier,
      this.#request,
    );
    const checks = { expectedNonce: nonce, requireIdToken: true };
    return this.#tokens(await processAuthorizationCodeResponse(this.#server, this.#client, response, checks));
  }

  #tokens(response: TokenEndpointResponse): Tokens {
    const { access_token: access, refresh_token: refresh, expires_in: seconds = Infinity } = response;
    const email = getValidatedIdTokenClaims(response)?.['email'];
    const who = typeof email === 'string' ? email : undefined;
    return { access, refresh, expiresAt: this.#options.now() + seconds * 1000, who };
  }
}

/** A sentence for people: the server's, if it has one. */
function explained(error: unknown): unknown {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return new Error(error.error_description ?? `The sign-in server answered: ${error.error}.`, { cause: error });
  }
  return error instanceof TypeError
    ? new Error(`The sign-in server cannot be reached: ${error.message}.`, { cause: error })
    : error;
}
