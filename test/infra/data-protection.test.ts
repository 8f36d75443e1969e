import type { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { sampleStack, sampleTemplate } from './sample-stack.ts';

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Properties;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is any JSON
type Properties = Record<string, any>;

type Resources = Record<string, Resource>;

const CHOICES = [{}, { encryptionKey: 'customer' }] as const;

function resourcesOf(template: Template): Resources {
  return structuredClone(template.toJSON()['Resources']) as Resources;
}

const samples = CHOICES.map((settings) => resourcesOf(sampleTemplate(settings)));

/** A rule: the resources that break it, by their ids. */
type Rule = (resources: Resources) => string[];

function ofType(resources: Resources, type: string): [string, Resource][] {
  return Object.entries(resources).filter(([, resource]) => resource.Type === type);
}

function breaking(type: string, isKept: (properties: Properties, id: string) => boolean): Rule {
  return (resources) =>
    ofType(resources, type)
      .filter(([id, { Properties: properties }]) => !isKept(properties, id))
      .map(([id]) => id);
}

const BUCKET = 'AWS::S3::Bucket';
const TABLE = 'AWS::DynamoDB::Table';

const blocksPublicAccess = breaking(BUCKET, ({ PublicAccessBlockConfiguration: block = {} }) =>
  ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].every(
    (name) => block[name] === true,
  ),
);
const isEncrypted = breaking(BUCKET, ({ BucketEncryption: encryption }) => encryption !== undefined);
const ownsObjects = breaking(
  BUCKET,
  ({ OwnershipControls: controls }) => controls?.Rules?.[0]?.ObjectOwnership === 'BucketOwnerEnforced',
);

/** Every bucket has a policy that denies what comes without TLS, or with an old one. */
const asksForTls: Rule = (resources) => {
  const policies = ofType(resources, 'AWS::S3::BucketPolicy').map(([, { Properties }]) => Properties);
  return ofType(resources, BUCKET)
    .map(([id]) => id)
    .filter((id) => {
      const policy = policies.find(({ Bucket }) => Bucket.Ref === id);
      const denials = (policy?.['PolicyDocument'].Statement ?? []).filter(
        ({ Effect, Principal }: Properties) => Effect === 'Deny' && Principal.AWS === '*',
      );
      const conditions = new Set(denials.map(({ Condition }: Properties) => JSON.stringify(Condition)));
      return !(
        conditions.has('{"Bool":{"aws:SecureTransport":"false"}}') &&
        conditions.has('{"NumericLessThan":{"s3:TlsVersion":1.2}}')
      );
    });
};

const keepsReplacedLogs = breaking(BUCKET, ({ VersioningConfiguration: versioning }, id) =>
  id.startsWith('Input') ? versioning?.Status === 'Enabled' : true,
);
/** What is replaced is not kept for ever, and what is current never goes by itself; but for notes of access. */
const expiresReplacedOnly = breaking(BUCKET, ({ VersioningConfiguration, LifecycleConfiguration }, id) => {
  const rules: Properties[] = LifecycleConfiguration?.Rules ?? [];
  const expires = rules.some(({ ExpirationInDays: days }) => days !== undefined);
  const forgets = rules.some(({ NoncurrentVersionExpiration: expiration }) => expiration !== undefined);
  return expires === id.startsWith('AccessLogs') && forgets === (VersioningConfiguration?.Status === 'Enabled');
});

const canBeRestored = breaking(
  TABLE,
  ({ PointInTimeRecoverySpecification: recovery }) => recovery?.PointInTimeRecoveryEnabled === true,
);
const isProtected = breaking(TABLE, ({ DeletionProtectionEnabled: isOn }) => isOn === true);
const KEPT: ReadonlySet<string> = new Set([TABLE, BUCKET, 'AWS::KMS::Key']);
const outlivesTheStack: Rule = (resources) =>
  Object.entries(resources)
    .filter(([, { Type }]) => KEPT.has(Type))
    .filter(([, { DeletionPolicy: one, UpdateReplacePolicy: other }]) => one !== 'Retain' || other !== 'Retain')
    .map(([id]) => id);

/** To be imported into another stack, what is kept may refer to nothing that is not. */
const standsAlone: Rule = (resources) =>
  Object.entries(resources)
    .filter(([, { Type }]) => KEPT.has(Type))
    .filter(([, { Properties }]) => referredTo(Properties).some((id) => !KEPT.has(resources[id]?.Type ?? '')))
    .map(([id]) => id);

function referredTo(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Ref: ref, 'Fn::GetAtt': attribute } = value as Properties;
  const own = [ref, attribute?.[0]].filter((id) => typeof id === 'string' && !id.startsWith('AWS::'));
  return [...own, ...Object.values(value).flatMap(referredTo)];
}

const STREAM = 'AWS::Kinesis::Stream';
const streamIsEncrypted = breaking(STREAM, ({ StreamEncryption: encryption }) => encryption?.EncryptionType === 'KMS');

interface Case {
  readonly rule: Rule;
  readonly type: string;
  readonly spoil: (resource: Resource) => void;
}

function spoiled(type: string, name: string, value?: unknown): Pick<Case, 'type' | 'spoil'> {
  return { type, spoil: ({ Properties: properties }) => Object.assign(properties, { [name]: value }) };
}

const CASES: Readonly<Record<string, Case>> = {
  'a bucket can be opened to the public': {
    rule: blocksPublicAccess,
    ...spoiled(BUCKET, 'PublicAccessBlockConfiguration', { BlockPublicAcls: true }),
  },
  'a bucket is not encrypted': { rule: isEncrypted, ...spoiled(BUCKET, 'BucketEncryption') },
  'others can own objects': { rule: ownsObjects, ...spoiled(BUCKET, 'OwnershipControls') },
  'a bucket answers without TLS': {
    rule: asksForTls,
    type: 'AWS::S3::BucketPolicy',
    spoil: ({ Properties }) => void Properties['PolicyDocument'].Statement.splice(0, 1),
  },
  'a replaced log is lost': { rule: keepsReplacedLogs, ...spoiled(BUCKET, 'VersioningConfiguration') },
  'an object that is needed expires': {
    rule: expiresReplacedOnly,
    ...spoiled(BUCKET, 'LifecycleConfiguration', { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] }),
  },
  'a table cannot be restored': { rule: canBeRestored, ...spoiled(TABLE, 'PointInTimeRecoverySpecification') },
  'a table can be deleted by mistake': { rule: isProtected, ...spoiled(TABLE, 'DeletionProtectionEnabled', false) },
  'what is stored goes with the stack': {
    rule: outlivesTheStack,
    type: TABLE,
    spoil: (resource) => Object.assign(resource, { DeletionPolicy: 'Delete' }),
  },
  'what is kept needs what is not': {
    rule: standsAlone,
    ...spoiled(BUCKET, 'ReplicationConfiguration', { Role: { 'Fn::GetAtt': ['BatchLogRole', 'Arn'] } }),
  },
  'the stream is not encrypted': { rule: streamIsEncrypted, ...spoiled(STREAM, 'StreamEncryption') },
};

describe.each(CHOICES.map((settings, index) => [JSON.stringify(settings), index] as const))(
  'what protects the data, with %s,',
  (_, index) => {
    test.each(Object.entries(CASES))('fails if %s', (_name, { rule, type, spoil }) => {
      const resources = structuredClone(samples[index]!);
      expect(rule(resources)).toEqual([]);
      const kind = ofType(resources, type).map(([, resource]) => resource);
      for (const resource of kind) spoil(resource);
      expect(rule(resources).length).toBeGreaterThan(0);
    });

    test('passes the checks of AwsSolutions', () => {
      const { violations } = new AwsSolutionsChecks().validateScope(sampleStack(CHOICES[index]));
      expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
    });
  },
);

describe('where the key is the account’s own', () => {
  const resources = samples[1]!;

  test('it is one, and is renewed every year', () => {
    const keys = ofType(resources, 'AWS::KMS::Key');
    expect(keys).toHaveLength(1);
    expect(keys[0]![1].Properties).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: 365 });
  });

  test('it encrypts every table, the stream, and every bucket but the public site’s and that of S3’s own notes', () => {
    const [[key] = ['']] = ofType(resources, 'AWS::KMS::Key');
    const without = [TABLE, BUCKET, STREAM]
      .flatMap((type) => ofType(resources, type))
      .filter(([, { Properties }]) => !JSON.stringify(Properties).includes(`["${key}","Arn"]`))
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(without.toSorted()).toEqual(['AccessLogs', 'Site']);
  });

  test('functions may decrypt with it, and make data keys; nothing else, and those of the site nothing at all', () => {
    const policies = ofType(resources, 'AWS::IAM::Policy').map(([id, { Properties }]) => {
      const statements: Properties[] = Properties['PolicyDocument'].Statement;
      const actions: string[] = statements.flatMap(({ Action }) => Action);
      return [id, [...new Set(actions.filter((action) => action.startsWith('kms:')))].toSorted()] as const;
    });
    expect([...new Set(policies.flatMap(([, actions]) => actions))].toSorted()).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]);
    const withNone = policies.filter(([, actions]) => actions.length === 0).map(([id]) => id);
    expect(withNone.some((id) => id.startsWith('DashboardFiles'))).toBe(true);
    expect(policies.find(([id]) => id.startsWith('LiveEventsRole'))?.[1]).toContain('kms:Decrypt');
  });
});

test('what a stack that is deleted leaves can be imported by one that comes: it has the same names in every template', () => {
  const kept = Object.entries(samples[1]!)
    .filter(([, { Type }]) => KEPT.has(Type))
    .map(([id]) => id);
  expect(kept.toSorted()).toMatchInlineSnapshot(`
    [
      "AccessLogs8B620ECA",
      "Clients67031123",
      "DataKey17AFBB84",
      "Input49F21B70",
      "JournalAE8C44B2",
      "JudgedTransactions799A5DF1",
      "OutputAB65CDDE",
      "Profiles4FC22479",
      "SiteE53D7754",
      "State1C20CC9A",
      "Subscriptions1F71F6D8",
    ]
  `);
});
