import { availableParallelism } from 'node:os';
import { SYSTEM_CLOCK } from '../clock.ts';
import type { Definitions, HttpDefinition, SocketDefinition } from '../deploy/definitions.ts';
import { CannotDeploy } from '../deploy/template.ts';
import type { Functions } from '../functions.ts';
import type { Invoke } from '../lambda/invocation.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { RunFolder } from '../run-folder.ts';
import type { Component } from '../status.ts';
import type { Site } from './front-server.ts';
import { HttpSite } from './http-site.ts';
import { RequestAuthorizer } from './request-authorizer.ts';
import { SocketSite } from './socket-site.ts';
import { WaitingLine } from './waiting-line.ts';

export interface GatewayOptions {
  readonly definitions: Pick<Definitions, 'sockets' | 'http'>;
  readonly findFunctions: () => Functions;
  readonly folder: RunFolder;
}

/** All that the template has to be served under one address. */
export class Gateway {
  /** For the front server; files go behind the APIs. */
  readonly sites: readonly Site[];
  readonly #sockets: ReadonlyMap<string, SocketSite>;
  readonly #http: readonly HttpSite[];

  constructor({ definitions: { sockets, http }, findFunctions, folder }: GatewayOptions) {
    const lines = new Map<string, WaitingLine>();
    const functionNamed = (name: string): Invoke => {
      return (invocation) => {
        const lambda = findFunctions().byName.get(name);
        if (lambda === undefined) throw new CannotDeploy(`an API integrates ${name}, which is not there`);
        return lineOf(lines, lambda).pass(() => lambda.invoke(invocation));
      };
    };
    this.#sockets = new Map(
      sockets.map((definition) => {
        const site = socketSite(definition, functionNamed, folder.connections(definition.stage));
        return [definition.stage, site] as const;
      }),
    );
    this.#http = http.map((definition) => httpSite(definition, functionNamed));
    this.sites = [...this.#sockets.values(), ...this.#http];
  }

  /** The addresses of the WebSocket APIs, by their stages, and of what speaks HTTP. */
  endpoints(front: string): Readonly<Record<string, string>> {
    const address = front.replace(/^http/, 'ws');
    const sockets = Array.from(this.#sockets.keys(), (stage) => [stage, `${address}/${stage}`] as const);
    return { http: front, ...Object.fromEntries(sockets) };
  }

  /** To be called before anybody connects: gives what tells the functions of the WebSockets that a crash has cut off. */
  async findCutOff(): Promise<() => void> {
    const tellings = await Promise.all(Array.from(this.#sockets.values(), (site) => site.findCutOff()));
    return () => tellings.forEach((tell) => tell());
  }

  get components(): Component[] {
    return Array.from(this.#sockets, ([stage, { openCount }]) => {
      return { name: `/${stage}`, healthy: true, detail: `${openCount} connections` };
    });
  }

  async end(): Promise<void> {
    await Promise.all(Array.from(this.#sockets.values(), (site) => site.end()));
  }
}

/** More would not be faster, but each sandbox has to read, and learn to run fast, what the others know already. */
const MOST_AT_ONCE = availableParallelism() + 1;

/** Lambda would run hundreds at once: here, what comes waits for its turn instead of being refused. */
function lineOf(lines: Map<string, WaitingLine>, { definition, mostAtOnce }: LambdaFunction): WaitingLine {
  const line = lines.get(definition.name) ?? new WaitingLine(Math.min(mostAtOnce, MOST_AT_ONCE));
  lines.set(definition.name, line);
  return line;
}

function httpSite(definition: HttpDefinition, functionNamed: (name: string) => Invoke): HttpSite {
  return new HttpSite({ definition, functionNamed, clock: SYSTEM_CLOCK });
}

function socketSite(definition: SocketDefinition, functionNamed: (name: string) => Invoke, folder: string): SocketSite {
  const functionOf = (routeKey: string): Invoke | undefined => {
    const name = definition.routes[routeKey];
    return name === undefined ? undefined : functionNamed(name);
  };
  const { authorizer: asked } = definition;
  const authorizer =
    asked && new RequestAuthorizer({ definition: asked, api: definition, invoke: functionNamed(asked.functionName) });
  return new SocketSite({ definition, functionOf, authorizer, clock: SYSTEM_CLOCK, folder });
}
