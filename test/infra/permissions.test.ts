import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { propertiesOf, ROOT, sampleTemplate } from './sample-stack.ts';

const template = sampleTemplate();
const statements = propertiesOf(template, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
const actions = statements.flatMap(({ Action }) => Action);

/** What Lambda itself does in a function's name, beside what its code does. */
const FOR_LAMBDA = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
];

/** What API Gateway does in the name of the account: writes its access logs. */
const FOR_API_GATEWAY = [
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:DescribeLogGroups',
  'logs:DescribeLogStreams',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:PutLogEvents',
];

/** Commands of the SDK that need a right of another name. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'apigatewaymanagementapi:DeleteConnection': 'execute-api:ManageConnections',
  'apigatewaymanagementapi:PostToConnection': 'execute-api:ManageConnections',
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectsV2': 's3:ListBucket',
};

describe('the rights of the functions', () => {
  test('name each action', () => {
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  test('are for resources of the stack', () => {
    expect(statements.flatMap(({ Resource }) => Resource).filter((resource) => typeof resource === 'string')).toEqual(
      [],
    );
  });

  test('are all there is: no role has a policy that AWS manages, and none is shared', () => {
    const roles = propertiesOf(template, 'AWS::Lambda::Function').map(({ Role }) => Role['Fn::GetAtt'][0]);
    expect(new Set(roles).size).toBe(roles.length);
    for (const role of propertiesOf(template, 'AWS::IAM::Role')) {
      expect(Object.keys(role)).toEqual(['AssumeRolePolicyDocument']);
    }
  });

  test('are those that the code uses, no more and no less', () => {
    expect(sorted(actions)).toEqual(sorted([...actionsInCode(), ...FOR_LAMBDA, ...FOR_API_GATEWAY]));
  });
});

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}

/** Of what the functions can send: the commands in the files that their handlers import, and so on. */
function actionsInCode(): string[] {
  return [...reachableFrom(handlers())].flatMap((file) =>
    [...read(file).matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-(\w+)'/g)].flatMap(([, names = '', service]) =>
      [...names.matchAll(/\b(\w+)Command\b/g)].map(([, command]) => {
        const action = `${service}:${command}`;
        return OTHER_NAMES[action] ?? action;
      }),
    ),
  );
}

function handlers(): string[] {
  return readdirSync(path.join(ROOT, 'functions')).map((name) => path.join('functions', name, 'handler.ts'));
}

function reachableFrom(files: readonly string[], seen = new Set<string>()): ReadonlySet<string> {
  for (const file of files) {
    if (seen.has(file)) continue;
    seen.add(file);
    const imported = [...read(file).matchAll(/from '(\.[^']+\.ts)'/g)];
    reachableFrom(
      imported.map(([, name = '']) => path.join(path.dirname(file), name)),
      seen,
    );
  }
  return seen;
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}
