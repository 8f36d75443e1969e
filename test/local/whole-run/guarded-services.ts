import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TwoProtocolServer } from '../../../lib/local/services/kinesis/two-protocols.ts';
import type { AnyRequest, AnyResponse } from '../../../lib/local/services/kinesis/answer.ts';
import { NEEDS, permittingRight, toldMissing, type AskedRequest, type Need, type ServiceName } from './permitted.ts';

/** What a request is answered with instead of by the service. */
export interface InjectedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface GuardOptions {
  /** By the names of the functions, which are the callers' access keys. */
  readonly rights: ReadonlyMap<string, ReadonlySet<string>>;
  readonly idOf: (name: string) => string;
  /** The services themselves, as soon as they are there. */
  readonly endpoints: Promise<Readonly<Record<ServiceName, string>>>;
}

interface Caller extends AskedRequest {
  readonly service: ServiceName;
  readonly caller: string;
}

/**
 * Stands in front of the local services as IAM stands in front of AWS: lets a function do what its role may do, refuses all else,
 * and notes which rights are used.
 */
export class GuardedServices {
  /** Such as `train s3:PutObject Journal/models/*`. */
  readonly used = new Set<string>();
  readonly refused: string[] = [];
  /** Breaks requests: the first that gives an answer answers. */
  readonly faults: ((request: Caller) => InjectedAnswer | undefined)[] = [];
  readonly #options: GuardOptions;
  readonly #servers: TwoProtocolServer[] = [];

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** The addresses that functions are to be told. */
  async start(): Promise<Readonly<Record<ServiceName, string>>> {
    const started = Object.keys(NEEDS).map(async (service) => [service, await this.#listen(service as ServiceName)]);
    return Object.fromEntries(await Promise.all(started)) as Record<ServiceName, string>;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  async #listen(service: ServiceName): Promise<string> {
    const guard = new TwoProtocolServer((request, response) => void this.#answer(service, request, response));
    this.#servers.push(guard);
    guard.server.listen(0, '127.0.0.1');
    await once(guard.server, 'listening');
    return `http://127.0.0.1:${(guard.server.address() as AddressInfo).port}`;
  }

  // oxlint-disable-next-line max-params -- as a server calls it
  async #answer(service: ServiceName, request: AnyRequest, response: AnyResponse): Promise<void> {
    const asked = await readRequest(service, request);
    const answer = this.#refusal(asked) ?? this.#fault(asked) ?? (await this.#forward(asked));
    response.writeHead(answer.status, withoutHopByHop(answer.headers ?? {}));
    response.end(answer.body);
  }

  #refusal(asked: Caller): InjectedAnswer | undefined {
    let needs: readonly Need[];
    try {
      needs = NEEDS[asked.service](asked, this.#options.idOf);
    } catch (error) {
      this.refused.push(`${asked.caller}: ${String(error)}`);
      return denial(asked);
    }
    return needs.every((need) => this.#permits(asked, need)) ? undefined : denial(asked);
  }

  #permits({ caller }: Caller, need: Need): boolean {
    const right = permittingRight(this.#options.rights.get(caller) ?? [], need);
    if (right === undefined) this.refused.push(`${caller} ${need.action} ${need.resource}`);
    else this.used.add(`${caller} ${right}`);
    return right !== undefined;
  }

  #fault(asked: Caller): InjectedAnswer | undefined {
    for (const fault of this.faults) {
      const answer = fault(asked);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  async #forward(asked: Caller): Promise<Forwarded> {
    const answer = await forward(asked, (await this.#options.endpoints)[asked.service]);
    if (asked.service !== 's3' || answer.status !== 404) return answer;
    const need = toldMissing(asked, this.#options.idOf);
    return need === undefined || this.#permits(asked, need) ? answer : { ...denial(asked), body: Buffer.from('') };
  }
}

interface Forwarded {
  readonly status: number;
  readonly headers?: IncomingHttpHeaders;
  readonly body: Buffer | string;
}

async function readRequest(service: ServiceName, request: AnyRequest): Promise<Caller> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { method = 'GET', url = '/', headers } = request;
  // As any request that is signed says who signs.
  const [, caller = ''] = /Credential=([^/]+)\//.exec(String(headers.authorization)) ?? [];
  return { service, caller, method, url, headers, body: Buffer.concat(chunks) };
}

async function forward({ method, url, headers, body }: Caller, endpoint: string): Promise<Forwarded> {
  const sent = httpRequest(`${endpoint}${url}`, { method, headers: withoutHopByHop(headers), agent: false });
  sent.end(body);
  const [reply] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of reply as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: reply.statusCode ?? 500, headers: reply.headers, body: Buffer.concat(chunks) };
}

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host', 'expect']);

function withoutHopByHop(headers: Readonly<Record<string, string | string[] | undefined>>) {
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => {
      return !name.startsWith(':') && !HOP_BY_HOP.has(name) && value !== undefined;
    }),
  ) as Record<string, string | string[]>;
}

function denial({ service }: Caller): InjectedAnswer {
  if (service === 's3') {
    return { status: 403, body: '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>' };
  }
  const type = 'AccessDeniedException';
  return { status: 403, headers: { 'x-amzn-errortype': type }, body: JSON.stringify({ __type: type, message: type }) };
}
