import type { Template } from 'aws-cdk-lib/assertions';

/** Of what has a role: each action on each resource, as `dynamodb:Query JudgedTransactions/index/newest`. */
export type Rights = ReadonlySet<string>;

/** A resource's id in the template without the hash that CDK puts behind it. */
export function plainId(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}

/** What each role may do, by its plain id. */
export function rightsOfRoles(template: Template): ReadonlyMap<string, Rights> {
  const rights = new Map<string, Set<string>>();
  for (const { Properties: policy } of Object.values(template.findResources('AWS::IAM::Policy'))) {
    for (const role of policy.Roles) {
      const own = rights.get(plainId(role.Ref)) ?? new Set();
      for (const right of policy.PolicyDocument.Statement.flatMap(rightsOfStatement)) own.add(right);
      rights.set(plainId(role.Ref), own);
    }
  }
  return rights;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

function rightsOfStatement(statement: Statement): string[] {
  const { Effect: effect, Action: action, Resource: resource, ...others } = statement;
  const further = Object.keys(others).filter((name) => name !== 'Sid');
  if (effect !== 'Allow' || further.length > 0) throw new Error(`cannot tell what ${JSON.stringify(statement)} allows`);
  const resources = [resource].flat().map(resourceName);
  return [action].flat().flatMap((name) => resources.map((one) => `${name} ${one}`));
}

const ARN_OF_HERE = /^arn:<AWS::Partition>:[\w-]+:<AWS::Region>:<AWS::AccountId>:/;

/** `State` for the ARN of the table of that name, `Journal/bodies/*` for objects of that bucket. */
function resourceName(resource: unknown): string {
  return spelt(resource)
    .replace(ARN_OF_HERE, '')
    .replaceAll(/<(\w+)(?:\.Arn)?>/g, '$1');
}

function spelt(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined } = value as Record<string, unknown>;
  if (typeof ref === 'string') return `<${plainId(ref)}>`;
  if (Array.isArray(attribute)) return `<${plainId(attribute[0])}.${attribute[1]}>`;
  if (Array.isArray(joined)) return joined[1].map(spelt).join(joined[0]);
  throw new Error(`cannot tell which resource ${JSON.stringify(value)} is`);
}

/** The plain ids of the functions' roles, by the names of their bundles. */
export function rolesOfFunctions(template: Template): ReadonlyMap<string, string> {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  return new Map(
    functions.map(({ Properties: { Environment: environment, Role: role } }) => [
      environment.Variables.POWERTOOLS_SERVICE_NAME,
      plainId(role['Fn::GetAtt'][0]),
    ]),
  );
}
