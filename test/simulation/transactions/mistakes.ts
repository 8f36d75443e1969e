import type { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { writeOutputs, type LedgerStores } from '../../../lib/adapters/transactions/ledger-outputs.ts';
import type { UserStore } from '../../../lib/adapters/transactions/user-store.ts';
import type { UserHead } from '../../../lib/core/transactions-cloud/user-head.ts';
import type { Clients } from '../application/clients.ts';
import { withInput } from '../mistakes.ts';
import { RIGHT_TRANSACTION_PARTS, type TransactionParts } from './functions.ts';
import { TRANSACTION_TABLE } from './names.ts';

type Input = Readonly<Record<string, unknown>>;

interface SentCommand {
  readonly constructor: new (input: Input) => SentCommand;
  readonly input: Input;
}

/** Mistakes that are easily made in such a design, planted one at a time: the simulation has to catch each. */
export const TRANSACTION_MISTAKES: Readonly<Record<string, TransactionParts>> = {
  'heads put without their condition': {
    ...RIGHT_TRANSACTION_PARTS,
    clients: (clients) => withInput(clients, 'PutItemCommand', withoutCondition),
  },
  'the list of models put without its condition': {
    ...RIGHT_TRANSACTION_PARTS,
    clients: putWherever,
  },
  'what a commit has to tell written before it': withUsers((users, stores) => ({
    writeUser: async (head) => {
      await writeOutputs([head], stores);
      return users.writeUser(head);
    },
  })),
  'what a dead author had to tell never written': withUsers((users) => ({
    readUsers: async (asked) => {
      const heads = await users.readUsers(asked);
      return new Map(Array.from(heads, ([user, head]) => [user, { ...head, commit: undefined }]));
    },
  })),
  'a lost reply taken for a commit': withUsers((users) => ({
    writeUser: async (head) => users.writeUser(head).catch(() => true),
  })),
  'a commit that somebody else was faster with taken for made': withUsers((users) => ({
    writeUser: async (head) => (await users.writeUser(head)) || true,
  })),
  'eventually consistent reads of ids': {
    ...RIGHT_TRANSACTION_PARTS,
    clients: (clients) => withInput(clients, 'BatchGetItemCommand', inconsistent),
  },
  'transactions stored before the objects that tell of them': {
    ...RIGHT_TRANSACTION_PARTS,
    stores: storesThatPutLast,
  },
  'positions of records, not of lines': withUsers((users) => ({
    writeUser: async (head) => users.writeUser({ ...head, shards: withWholeRecords(head) }),
  })),
  'lines counted that were applied just now alone': {
    ...RIGHT_TRANSACTION_PARTS,
    stores: (stores) => ({
      ...stores,
      transactions: delegating(stores.transactions, { readMany: async () => new Map() }),
    }),
  },
  'a tally that somebody else was faster with put all the same': {
    ...RIGHT_TRANSACTION_PARTS,
    tallies: (tallies) =>
      delegating(tallies, {
        write: async (tally) => tallies.write(tally, (await tallies.read(tally.shard))?.position),
      }),
  },
  'ids not looked up': {
    ...RIGHT_TRANSACTION_PARTS,
    stores: (stores) => ({
      ...stores,
      transactions: delegating(stores.transactions, { readOwners: async () => new Map() }),
    }),
  },
};

function withUsers(change: (users: UserStore, stores: LedgerStores) => Partial<UserStore>): TransactionParts {
  return {
    ...RIGHT_TRANSACTION_PARTS,
    stores: (stores) => ({ ...stores, users: delegating(stores.users, change(stores.users, stores)) }),
  };
}

function delegating<Store extends object>(store: Store, own: Partial<Store>): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(own, name) ?? Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

function withoutCondition(given: Input): Input {
  const { ConditionExpression: _, ExpressionAttributeValues: __, ...input } = given;
  return input;
}

function putWherever(clients: Clients): Clients {
  const s3 = clients.s3 as unknown as { send: (command: SentCommand) => Promise<unknown> };
  const send = async (command: SentCommand): Promise<unknown> => {
    const { IfMatch: _, IfNoneMatch: __, ...input } = command.input;
    return s3.send(new command.constructor(input));
  };
  return { ...clients, s3: { send } as unknown as Clients['s3'] };
}

function inconsistent({ RequestItems: requests }: Input): Input {
  const { [TRANSACTION_TABLE]: transactions, ...others } = requests as Record<string, object>;
  const changed = transactions && { [TRANSACTION_TABLE]: { ...transactions, ConsistentRead: false } };
  return { RequestItems: { ...others, ...changed } };
}

function storesThatPutLast(stores: LedgerStores): LedgerStores {
  const waiting: Parameters<MemoryObjectStore['put']>[] = [];
  const output = delegating(stores.output, {
    put: async (...object: Parameters<MemoryObjectStore['put']>) => {
      if (object[0].startsWith('anomalies/')) waiting.push(object);
      else await stores.output.put(...object);
    },
  });
  const transactions = delegating(stores.transactions, {
    write: async (written: Parameters<LedgerStores['transactions']['write']>[0]) => {
      await stores.transactions.write(written);
      for (const object of waiting.splice(0)) await stores.output.put(...object);
    },
  });
  return { ...stores, output, transactions };
}

function withWholeRecords({ shards }: UserHead): UserHead['shards'] {
  const whole = Object.entries(shards).map(([shard, position]) => [shard, { ...position, line: 1000 }] as const);
  return Object.fromEntries(whole);
}
