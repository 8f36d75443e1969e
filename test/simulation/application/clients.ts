import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoClient } from '../../../lib/adapters/state/dynamo-client.ts';
import type { Sandbox } from '../world/sandbox.ts';
import type { Command, SimulatedService } from '../world/wire.ts';
import type { World } from '../world/world.ts';

/** The services as a function's adapters see them. */
export interface Clients {
  readonly dynamo: DynamoClient;
  readonly s3: Pick<S3Client, 'send'>;
  readonly kinesis: Pick<KinesisClient, 'send'>;
}

interface SdkCommand {
  readonly input: object;
}

type Send = (service: SimulatedService, command: Command) => Promise<unknown>;

/** Clients of a sandbox: what they send goes over the wire. */
export function wiredClients(world: World, sandbox: Sandbox): Clients {
  return clientsOf(world, (service, command) => world.wire.send(sandbox, service, command));
}

/** Clients that are answered at once and right, for whoever looks at the outcome. */
export function directClients(world: World): Clients {
  return clientsOf(world, async (service, command) => service.execute(command));
}

type Services = Pick<World, 'dynamo' | 's3' | 'kinesis'>;

/** Clients of the services, over whatever they are reached. */
export function clientsOf({ dynamo, s3, kinesis }: Services, send: Send): Clients {
  const clientOf = (service: SimulatedService): unknown => ({
    send: (command: SdkCommand) =>
      send(service, { name: command.constructor.name, input: command.input as Command['input'] }),
  });
  return {
    dynamo: clientOf(dynamo) as DynamoClient,
    s3: clientOf(s3) as Clients['s3'],
    kinesis: clientOf(kinesis) as Clients['kinesis'],
  };
}
