import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundlingOf } from '../../../lib/stack/function-bundles.ts';
import { propertiesOf, ROOT, sampleTemplate } from '../sample-stack.ts';
import { commandsInBundles } from './commands-in-bundles.ts';
import { FUNCTIONS, STARS, type DeclaredFunction } from './declared-rights.ts';
import { findFaults } from './find-faults.ts';
import { rightsOfRoles, rolesOfFunctions } from './template-rights.ts';

const template = sampleTemplate();
const rights = rightsOfRoles(template);
const roles = rolesOfFunctions(template);
let commands: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  commands = await commandsInBundles(bundlingOf(ROOT));
});

describe('each function', () => {
  test('may do exactly what it sends, and what AWS does in its name', async () => {
    expect(await findFaults({ commands, rights, roles }, FUNCTIONS)).toEqual([]);
  });

  test('has a role of its own, with no policy that AWS manages', () => {
    expect(new Set(roles.values()).size).toBe(roles.size);
    for (const role of propertiesOf(template, 'AWS::IAM::Role')) {
      expect(Object.keys(role)).toEqual(['AssumeRolePolicyDocument']);
      for (const { Principal } of role.AssumeRolePolicyDocument.Statement) {
        expect(Principal.Service).toMatch(/^[a-z.]+$/);
      }
    }
  });

  test('is called by named sources alone, and by whoever may invoke it', () => {
    for (const permission of propertiesOf(template, 'AWS::Lambda::Permission')) {
      expect(permission).toMatchObject({
        Action: 'lambda:InvokeFunction',
        Principal: expect.stringMatching(/\.amazonaws\.com$/),
      });
      expect(permission.SourceArn).toBeDefined();
    }
  });
});

test('each star is there for a reason, and no reason is left over', () => {
  const used = new Set([...rights.values()].flatMap((own) => Array.from(own, (right) => right.split(' ')[1])));
  expect(Object.keys(STARS).filter((star) => !used.has(star))).toEqual([]);
});

describe('a mistake is found:', () => {
  const role = 'TrainRole';
  const { train } = FUNCTIONS as { train: DeclaredFunction };

  async function faultsWith(change: (own: Set<string>) => unknown): Promise<string[]> {
    const own = new Set(rights.get(role));
    change(own);
    return newFaults({ rights: new Map([...rights, [role, own]]) }, FUNCTIONS);
  }

  async function newFaults(changed: object, declared: typeof FUNCTIONS): Promise<string[]> {
    const before = await findFaults({ commands, rights, roles }, FUNCTIONS);
    const faults = await findFaults({ commands, rights, roles, ...changed }, declared);
    return faults.filter((fault) => !before.includes(fault));
  }

  test('a right too many', async () => {
    const faults = await faultsWith((own) => own.add('dynamodb:Scan State'));
    expect(faults).toEqual(['the rights of train: dynamodb:Scan State is not declared']);
  });

  test('a right too few', async () => {
    const faults = await faultsWith((own) => own.delete('s3:PutObject Journal/models/*'));
    expect(faults).toEqual(['the rights of train: s3:PutObject Journal/models/* is declared, and missing']);
  });

  test('a right on more than is declared', async () => {
    const faults = await faultsWith((own) => own.add('s3:PutObject Journal/*'));
    expect(faults).toEqual([
      'the rights of train: s3:PutObject Journal/* is not declared',
      's3:PutObject Journal/*: nobody says why there is a star',
    ]);
  });

  test.each(['s3:*', 's3:PutObjects', 'nowhere:PutObject'])(
    'the action %s, which AWS does not have',
    async (action) => {
      expect(await faultsWith((own) => own.add(`${action} Journal`))).toContain(
        `${action} Journal: AWS has no such action`,
      );
    },
  );

  test('a role that nobody has declared', async () => {
    const changed = { rights: new Map([...rights, ['OddRole', new Set<string>()]]) };
    expect(await newFaults(changed, FUNCTIONS)).toEqual(['nobody has declared OddRole']);
  });

  test('a function that nobody has declared', async () => {
    const { train: left, ...others } = FUNCTIONS;
    expect(left).toBe(train);
    expect(await newFaults({}, others)).toEqual([
      'the functions: train is not declared',
      'nobody has declared TrainRole',
    ]);
  });

  test('what is said to be sent, and no command of the bundle sends', async () => {
    const sends = { ...train.sends, 'kinesis:PutRecord': ['Events'] };
    expect(await newFaults({}, { ...FUNCTIONS, train: { ...train, sends } })).toEqual([
      'train has no command that needs kinesis:PutRecord',
      'the rights of train: kinesis:PutRecord Events is declared, and missing',
    ]);
  });

  test.each([
    ['too many', (own: readonly string[]) => [...own, 'kinesis:PutRecord'], 'kinesis:PutRecord is not declared'],
    ['too few', (own: readonly string[]) => own.slice(1), 'dynamodb:BatchGetItem is declared, and missing'],
  ])('a command %s', async (_, change, fault) => {
    const changed = { commands: new Map([...commands, ['train', change(commands.get('train') ?? [])]]) };
    expect(await newFaults(changed, FUNCTIONS)).toEqual([`the commands in train: ${fault}`]);
  });
});

describe('the commands in a bundle', () => {
  /** Of a handler with this source. */
  async function commandsOf(source: string): Promise<readonly string[] | undefined> {
    const { entryPoints, ...bundling } = bundlingOf(ROOT);
    expect(Object.keys(entryPoints)).toContain('train/index');
    const stdin = { contents: source, resolveDir: ROOT, loader: 'ts' } as const;
    return [...(await commandsInBundles({ ...bundling, stdin })).values()][0];
  }

  test('are those that are sent', async () => {
    const source = `
      import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
      export const handler = () => new DynamoDBClient({}).send(new GetItemCommand({ TableName: 't', Key: {} }));`;
    expect(await commandsOf(source)).toEqual(['dynamodb:DescribeEndpoints', 'dynamodb:GetItem']);
  });

  test('count also when they come by way of our own files, or of a client that knows them all', async () => {
    const store = path.join(ROOT, 'lib/adapters/state/dynamo-batches.ts');
    const ours = await commandsOf(`export { DynamoBatches } from '${store}';`);
    expect(ours).toEqual(['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem']);
    const all = await commandsOf(`
      import { Kinesis } from '@aws-sdk/client-kinesis';
      export const handler = () => new Kinesis({}).putRecords({ Records: [] });`);
    expect(all).toEqual(expect.arrayContaining(['kinesis:PutRecords', 'kinesis:DeleteStream']));
  });

  test('cannot get lost unseen: a client without a command is an error', async () => {
    const source = `
      import { KinesisClient } from '@aws-sdk/client-kinesis';
      export const handler = () => new KinesisClient({});`;
    await expect(commandsOf(source)).rejects.toThrow('no command of @aws-sdk/client-kinesis was found in a bundle');
  });
});
