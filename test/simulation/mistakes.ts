import { GetItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { NetworkSession } from '../../lib/adapters/network/network-session.ts';
import { writeOutputs } from '../../lib/adapters/network/outputs.ts';
import { S3ObjectStore } from '../../lib/adapters/objects/s3-object-store.ts';
import type { DynamoClient } from '../../lib/adapters/state/dynamo-client.ts';
import { DynamoStateStore } from '../../lib/adapters/state/dynamo-state-store.ts';
import { decodeBody, encodeBody } from '../../lib/core/cloud/body-codec.ts';
import type { CommitBody } from '../../lib/core/cloud/commit-body.ts';
import { decodeHead, encodeHead } from '../../lib/core/cloud/head-codec.ts';
import type { Head } from '../../lib/core/cloud/head.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';
import { RIGHT_PARTS, type Parts, type StoreOptions, type Stores } from './application/application.ts';
import type { Clients } from './application/clients.ts';

/** Mistakes that are easily made in such a design, planted one at a time: the simulation has to catch each. */
export const MISTAKES: Readonly<Record<string, Parts>> = {
  'a warm cache trusted after a failed commit': {
    ...RIGHT_PARTS,
    openSession: (network, options) => new TrustingSession(network, options),
  },
  'flags written before the commit': { ...RIGHT_PARTS, stores: (options) => storesThatAnnounceFirst(options) },
  'a load flipped outside the commit': withDynamo((input, client) => flippedOutside(input, client)),
  'eventually consistent reads of users': {
    ...RIGHT_PARTS,
    clients: (clients) => withInput(clients, 'BatchGetItemCommand', (input) => inconsistent(input)),
  },
  'rejects written after the commit outside the body': {
    ...RIGHT_PARTS,
    stores: (options) => storesThatKeepRejects(options),
  },
  'a pending body flushed over newer users': withDynamo((input) => withoutCondition(input, 'u')),
  'the head set without its condition': withDynamo((input) => withoutCondition(input, 'head')),
};

/** Keeps in memory what a batch did even if it was not committed. */
class TrustingSession extends NetworkSession {
  override forget(): void {
    // That is the mistake.
  }
}

/** Tells the world of flags when the body is written. */
function storesThatAnnounceFirst(options: StoreOptions): Stores {
  const { state, output } = RIGHT_PARTS.stores(options);
  class Journal extends S3ObjectStore {
    override async put(key: string, body: Uint8Array | string, contentType?: string): Promise<void> {
      await super.put(key, body, contentType);
      await writeOutputs(networkOf(key), { ...decodeBody(body), rejected: [] }, { state, output });
    }
  }
  return { state, output, journal: new Journal(options.journal) };
}

/** Keeps rejected lines in memory, and writes them once the commit is made. */
function storesThatKeepRejects(options: StoreOptions): Stores {
  const rejects = new Map<string, CommitBody>();
  const output = new S3ObjectStore(options.output);
  class Journal extends S3ObjectStore {
    override async put(key: string, body: Uint8Array | string, contentType?: string): Promise<void> {
      const decoded = decodeBody(body);
      rejects.set(tokenOf(key), { ...decoded, flagged: [] });
      await super.put(key, encodeBody({ ...decoded, rejected: [] }), contentType);
    }
  }
  class State extends DynamoStateStore {
    override async writeHead(head: Head): Promise<boolean> {
      const isWritten = await super.writeHead(head);
      const body = rejects.get(head.bodies.at(-1) ?? '');
      if (isWritten && body !== undefined) await writeOutputs(head.network, body, { state: this, output });
      return isWritten;
    }
  }
  return { output, journal: new Journal(options.journal), state: new State(options.table) };
}

type Input = Readonly<Record<string, unknown>>;

interface SentCommand {
  readonly constructor: new (input: Input) => SentCommand;
  readonly input: Input;
}

/** Changes what is sent in PutItem. */
function withDynamo(change: (input: Input, client: DynamoClient) => Input | Promise<Input>): Parts {
  return { ...RIGHT_PARTS, clients: (clients) => withInput(clients, 'PutItemCommand', change) };
}

export function withInput(
  clients: Clients,
  name: string,
  change: (input: Input, client: DynamoClient) => Input | Promise<Input>,
): Clients {
  const client = clients.dynamo as unknown as { send: (command: SentCommand) => Promise<unknown> };
  const send = async (command: SentCommand): Promise<unknown> => {
    if (command.constructor.name !== name) return client.send(command);
    return client.send(new command.constructor(await change(command.input, clients.dynamo)));
  };
  return { ...clients, dynamo: { send } as unknown as DynamoClient };
}

function inconsistent({ RequestItems: requests }: Input): Input {
  const tables = Object.entries(requests as Record<string, object>);
  return {
    RequestItems: Object.fromEntries(tables.map(([table, keys]) => [table, { ...keys, ConsistentRead: false }])),
  };
}

function withoutCondition(input: Input, sortKey: string): Input {
  if (sortKeyOf(input) !== sortKey) return input;
  const { ConditionExpression: _, ExpressionAttributeValues: __, ...rest } = input;
  return rest;
}

/** Puts a load's part of the head into the head as it is, which keeps its version. */
async function flippedOutside(input: Input, client: DynamoClient): Promise<Input> {
  if (sortKeyOf(input) !== 'head') return input;
  const item = input['Item'] as Record<string, AttributeValue>;
  const next = decodeHead(item['d']?.S ?? '');
  const key = { pk: item['pk'] as AttributeValue, sk: item['sk'] as AttributeValue };
  const { Item: stored } = await client.send(
    new GetItemCommand({ TableName: 'state', Key: key, ConsistentRead: true }),
  );
  if (stored?.['d']?.S === undefined) return input;
  const current = decodeHead(stored['d'].S);
  if (current.generation === next.generation || next.load <= current.load) return input;
  const { generation, load, loaded, parameters, kept, sequence } = next;
  const flipped = encodeHead({
    ...current,
    generation,
    load,
    loaded,
    parameters,
    kept,
    sequence,
    flushed: current.version,
  });
  const { input: changed } = new PutItemCommand({ TableName: 'state', Item: { ...stored, d: { S: flipped } } });
  return { ...changed };
}

function sortKeyOf(input: Input): string | undefined {
  return (input['Item'] as Record<string, AttributeValue>)['sk']?.S;
}

function networkOf(bodyKey: string): NetworkName {
  return /network=([^/]+)\//.exec(bodyKey)?.[1] as NetworkName;
}

function tokenOf(bodyKey: string): string {
  return /\d{12}-(.+)\.json$/.exec(bodyKey)?.[1] ?? '';
}
