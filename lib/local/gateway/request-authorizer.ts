import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ACCOUNT, REGION } from '../deploy/account.ts';
import type { AuthorizerDefinition, SocketDefinition } from '../deploy/definitions.ts';
import type { Invoke, InvocationResult } from '../lambda/invocation.ts';
import type { UpgradeRefusal } from '../refuse-upgrade.ts';
import { allows, type PolicyDocument } from './access-policy.ts';

export type Authorization =
  /** What the functions of the routes are told of who connects; undefined: nobody was asked. */
  | { readonly allowed: true; readonly caller: Readonly<Record<string, unknown>> | undefined }
  | { readonly allowed: false; readonly refusal: UpgradeRefusal };

export interface RequestAuthorizerOptions {
  readonly definition: AuthorizerDefinition;
  readonly api: Pick<SocketDefinition, 'name' | 'stage'>;
  readonly invoke: Invoke;
}

interface Answer {
  readonly principalId?: string;
  readonly policyDocument?: PolicyDocument;
  readonly context?: Readonly<Record<string, unknown>>;
}

const UNAUTHORIZED = refused(401, 'Unauthorized');
const DENIED = refused(403, 'User is not authorized to access this resource with an explicit deny');
const FAILED = refused(500, 'Internal Server Error');

/** Asks a function whether somebody may connect, as API Gateway does with an authorizer of the type REQUEST. */
export class RequestAuthorizer {
  readonly #options: RequestAuthorizerOptions;

  constructor(options: RequestAuthorizerOptions) {
    this.#options = options;
  }

  /** `event` is what the function of `$connect` would get. */
  async decide(request: IncomingMessage, event: object): Promise<Authorization> {
    const { definition, invoke } = this.#options;
    const isComplete = definition.identitySources.every((source) => isGiven(request, source));
    if (!isComplete) return UNAUTHORIZED;
    const payload = JSON.stringify({ type: 'REQUEST', methodArn: this.#methodArn, ...event });
    return this.#read(await invoke({ requestId: randomUUID(), payload }));
  }

  #read(result: InvocationResult): Authorization {
    // This one sentence is how a function says that it does not know who that is.
    if (result.outcome === 'failed' && result.error.errorMessage === 'Unauthorized') return UNAUTHORIZED;
    if (result.outcome !== 'succeeded') return FAILED;
    const { principalId, policyDocument, context } = (JSON.parse(result.payload) ?? {}) as Answer;
    if (principalId === undefined || policyDocument === undefined) return FAILED;
    if (!allows(policyDocument, { action: 'execute-api:Invoke', resource: this.#methodArn })) return DENIED;
    return { allowed: true, caller: { principalId, ...context } };
  }

  get #methodArn(): string {
    const { name, stage } = this.#options.api;
    return `arn:aws:execute-api:${REGION}:${ACCOUNT}:${name}/${stage}/$connect`;
  }
}

function isGiven(
  { headers, url = '' }: IncomingMessage,
  { place, name }: AuthorizerDefinition['identitySources'][number],
): boolean {
  if (place === 'header') return (headers[name.toLowerCase()] ?? '') !== '';
  const [, query = ''] = /^[^?]*\?(.*)$/s.exec(url) ?? [];
  return (new URLSearchParams(query).get(name) ?? '') !== '';
}

function refused(status: number, message: string): Authorization {
  return { allowed: false, refusal: { status, body: JSON.stringify({ message }) } };
}
