import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { localClients, type Clients } from '../../../lib/local/clients.ts';
import type { RunEvent } from '../../../lib/local/run-events.ts';
import { startLocalRun, type LocalRun } from '../../../lib/local/local-run.ts';
import { synthesise, type SynthesisedStack } from '../../../lib/stack/synthesise.ts';
import { rightsOfRoles, rolesOfFunctions } from '../../infra/rights/template-rights.ts';
import { GuardedServices } from './guarded-services.ts';
import { idsByName, type ServiceName } from './permitted.ts';

/** The whole stack on this machine, each function with the rights of its role. */
export interface WholeRun {
  readonly run: LocalRun;
  readonly data: string;
  readonly clients: Clients;
  readonly guard: GuardedServices;
  readonly told: readonly RunEvent[];
  readonly stop: () => Promise<void>;
}

const ANY_PORTS = { front: 0, s3: 0, dynamodb: 0, kinesis: 0, lambda: 0 };

export async function startWholeRun(): Promise<WholeRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flagstone-whole-'));
  const data = path.join(folder, 'data');
  const stack = synthesise({ outdir: path.join(folder, 'cdk.out'), settings: { flushEvery: 5 } });
  let resolve: (endpoints: Readonly<Record<ServiceName, string>>) => void = () => undefined;
  const endpoints = new Promise<Readonly<Record<ServiceName, string>>>((settle) => (resolve = settle));
  const guard = new GuardedServices({ ...identities(stack), endpoints });
  const template = withGuard(stack.template, await guard.start());
  const told: RunEvent[] = [];
  const run = await startLocalRun({
    data,
    ports: ANY_PORTS,
    stack: async () => ({ template, assets: stack.assets }),
    site: path.join(folder, 'site'),
    tell: (event) => told.push(event),
    onStopWished: () => undefined,
  });
  const { s3, dynamodb, kinesis, lambda = '', http: front = '' } = run.file.endpoints;
  resolve({ s3, dynamodb, kinesis, lambda, front });
  const clients = localClients({ s3, dynamodb, kinesis });
  const stop = async (): Promise<void> => {
    Object.values(clients).forEach((client) => client.destroy());
    await run.stop();
    await guard.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { run, data, clients, guard, told, stop };
}

/** Who may do what, and what is meant by a name. */
function identities({ template }: SynthesisedStack) {
  const parsed = Template.fromJSON(template);
  const ofRoles = rightsOfRoles(parsed);
  const ids = idsByName(template);
  const rights = Array.from(
    rolesOfFunctions(parsed),
    ([name, role]) => [name, ofRoles.get(role) ?? new Set()] as const,
  );
  return { rights: new Map<string, ReadonlySet<string>>(rights), idOf: (name: string) => ids.get(name) ?? `?${name}` };
}

/** The template with functions that have their names for access keys, and the guard's addresses for those of the services. */
function withGuard(template: SynthesisedStack['template'], guard: Readonly<Record<ServiceName, string>>) {
  const copy = structuredClone(template) as SynthesisedStack['template'] & Mutable;
  for (const { Type: type, Properties: properties } of Object.values(copy.Resources)) {
    if (type !== 'AWS::Lambda::Function') continue;
    const variables = properties.Environment.Variables;
    // So short that it has another invocation go on.
    if (variables['POWERTOOLS_SERVICE_NAME'] === 'stream-log') properties.Timeout = 33;
    variables['AWS_ACCESS_KEY_ID'] = variables['POWERTOOLS_SERVICE_NAME'];
    variables['AWS_ENDPOINT_URL_S3'] = guard.s3;
    variables['AWS_ENDPOINT_URL_DYNAMODB'] = guard.dynamodb;
    variables['AWS_ENDPOINT_URL_KINESIS'] = guard.kinesis;
    variables['AWS_ENDPOINT_URL_LAMBDA'] = guard.lambda;
    if (variables['LIVE_CALLBACK_URL'] !== undefined) variables['LIVE_CALLBACK_URL'] = `${guard.front}/live`;
    if (variables['SERIES_CALLBACK_URL'] !== undefined) variables['SERIES_CALLBACK_URL'] = `${guard.front}/series`;
  }
  return copy;
}

interface MutableProperties {
  readonly Environment: { readonly Variables: Record<string, unknown> };
  Timeout: number;
}

interface Mutable {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: MutableProperties }>>;
}
