import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import { checkDisk } from './disk.ts';
import type { Functions } from './functions.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { QueuedEvent } from './lambda/asynchronous/queued-event.ts';
import type { LambdaFunction } from './lambda/lambda-function.ts';
import type { StreamMapping } from './lambda/kinesis/stream-mapping.ts';
import { mappingComponent, nameOfMapping, type Component, type RunStatus } from './status.ts';
import type { Triggers } from './triggers.ts';

export interface StatusSources {
  /** Where all is kept. */
  readonly data: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly resources: object;
  readonly clients: Clients;
  readonly functions: Functions;
  readonly triggers: Triggers;
  readonly gateway: Gateway;
}

const LONGEST_PROBE_MS = 3000;

export async function statusOf({
  data,
  endpoints,
  resources,
  clients,
  functions,
  triggers,
  gateway,
}: StatusSources): Promise<RunStatus> {
  const calledBy = ({ functionName }: StreamMapping): string =>
    nameOf(functions.byName.get(functionName)) ?? functionName;
  const components = [
    ...(await serviceComponents(clients, endpoints)),
    await checkDisk(data),
    ...[...functions.byName.values()].map(functionComponent),
    ...triggers.mappings.map((mapping) => componentOf(mapping, calledBy(mapping))),
    ...gateway.components,
    pendingComponent(triggers.invocations.pending),
  ];
  return {
    healthy: components.every(({ healthy }) => healthy),
    endpoints,
    resources: { ...resources },
    components,
    lag: Object.fromEntries(triggers.mappings.map((mapping) => [calledBy(mapping), mapping.lag])),
  };
}

function serviceComponents(clients: Clients, endpoints: Readonly<Record<string, string>>): Promise<Component[]> {
  const abortSignal = AbortSignal.timeout(LONGEST_PROBE_MS);
  const probes = {
    s3: () => clients.s3.send(new ListBucketsCommand({}), { abortSignal }),
    dynamodb: () => clients.dynamodb.send(new ListTablesCommand({}), { abortSignal }),
    kinesis: () => clients.kinesis.send(new ListStreamsCommand({}), { abortSignal }),
  } as const;
  return Promise.all(
    Object.entries<() => Promise<unknown>>(probes).map(async ([name, probe]) => {
      try {
        await probe();
        return { name, healthy: true, detail: `answers on ${endpoints[name]}` };
      } catch (error) {
        return { name, healthy: false, detail: `does not answer on ${endpoints[name]}: ${String(error)}` };
      }
    }),
  );
}

/** As the function's logs and metrics call it. */
function nameOf(lambda: LambdaFunction | undefined): string | undefined {
  return lambda?.definition.environment['POWERTOOLS_SERVICE_NAME'];
}

function functionComponent(lambda: LambdaFunction): Component {
  const { definition, lastError, invocations, underWay } = lambda;
  const calls = `called ${invocations} times since the start${underWay > 0 ? `, ${underWay} under way` : ''}`;
  const failure = lastError && `the last call failed: ${lastError.errorType}: ${lastError.errorMessage}`;
  return { name: nameOf(lambda) ?? definition.name, healthy: lastError === undefined, detail: failure ?? calls };
}

function componentOf({ trouble, lag }: StreamMapping, functionName: string): Component {
  if (trouble === undefined) return mappingComponent(functionName, lag.milliseconds);
  return { name: nameOfMapping(functionName), healthy: false, detail: trouble };
}

function pendingComponent(pending: readonly QueuedEvent[]): Component {
  const failed = pending.filter(({ failures }) => failures > 0);
  const failure = failed.length > 0 ? `, ${failed.length} of them tried in vain so far` : '';
  return { name: 'asynchronous events', healthy: failed.length === 0, detail: `${pending.length} pending${failure}` };
}
