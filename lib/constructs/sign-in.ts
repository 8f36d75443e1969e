import { Aws, Duration, Fn, Lazy, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';

interface SignInProps {
  readonly removal: RemovalPolicy;
  /** Whether everybody has to prove with a second factor who they are; else it is up to each. */
  readonly secondFactor: 'optional' | 'required';
}

/** What a page has to know to sign people in. */
export interface SignInConfiguration {
  /** Who the tokens are from: `https://cognito-idp.REGION.amazonaws.com/POOL`. */
  readonly issuer: string;
  /** Where people sign in, and where pages get tokens: `https://PREFIX.auth.REGION.amazoncognito.com`. */
  readonly domain: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

const SCOPES = [OAuthScope.OPENID, OAuthScope.EMAIL];

/** The people who may look at what Flagstone has found. Nobody signs up: an administrator adds them. */
export class SignIn extends UserPool {
  readonly client: UserPoolClient;
  readonly #domain: UserPoolDomain;
  readonly #pages: string[] = [];

  constructor(scope: Construct, id: string, { removal, secondFactor }: SignInProps) {
    super(scope, id, {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: secondFactor === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { sms: false, otp: true },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: removal !== RemovalPolicy.DESTROY,
      removalPolicy: removal,
    });
    Validations.of(this).acknowledge(...acknowledged(secondFactor));
    this.#domain = this.addDomain('Domain', {
      cognitoDomain: { domainPrefix: prefixOfStack() },
      // The one that can be asked whether somebody is signed in, without asking them (prompt=none).
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.client = this.#addClient();
    // Without a style, be it the usual one, it shows no page.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: this.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
  }

  /** Lets people come back to this address when they have signed in or out. */
  returnTo(page: string): void {
    this.#pages.push(page);
  }

  get configuration(): SignInConfiguration {
    return {
      issuer: this.userPoolProviderUrl,
      domain: this.#domain.baseUrl(),
      clientId: this.client.userPoolClientId,
      scopes: SCOPES.map(({ scopeName }) => scopeName),
    };
  }

  /** It has no secret, as a page cannot keep one: a proof key (PKCE, RFC 7636) stands for it. */
  #addClient(): UserPoolClient {
    const pages = Lazy.list({ produce: () => this.#pages });
    return this.addClient('Pages', {
      generateSecret: false,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
        scopes: SCOPES,
        callbackUrls: pages,
        logoutUrls: pages,
      },
      // For scripts: of whoever knows a password, or of an administrator whom AWS knows.
      authFlows: { userSrp: true, adminUserPassword: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      // A working day: whoever stays longer signs in again.
      refreshTokenValidity: Duration.hours(12),
    });
  }
}

/** The one part of a stack's id that no other stack has, also none of the same name that comes after it. */
function prefixOfStack(): string {
  return `flagstone-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`;
}

function acknowledged(secondFactor: SignInProps['secondFactor']): { readonly id: string; readonly reason: string }[] {
  const plus = {
    id: 'AwsSolutions-COG8',
    reason:
      'the plan that watches for stolen passwords is paid for by each user and month: it is for the owner to choose',
  };
  const optional = {
    id: 'AwsSolutions-COG2',
    reason: 'a second factor is offered to everybody; the setting secondFactor requires it',
  };
  return secondFactor === 'required' ? [plus] : [optional, plus];
}
