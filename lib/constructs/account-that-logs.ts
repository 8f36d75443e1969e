import { ArnFormat, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

const ID = 'ApiGatewayLogging';

/** As API Gateway's documentation asks for. */
const ACTIONS = [
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:DescribeLogGroups',
  'logs:DescribeLogStreams',
  'logs:PutLogEvents',
  'logs:GetLogEvents',
  'logs:FilterLogEvents',
];

/**
 * Lets API Gateway write to CloudWatch, which WebSocket APIs need a setting of the account in the region for. It outlives the
 * stack: other stacks' APIs have the same one.
 */
export function accountThatLogs(stack: Stack): Construct {
  const known = stack.node.tryFindChild(ID);
  if (known !== undefined) return known;
  const role = new Role(stack, `${ID}Role`, { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  const policy = new Policy(stack, `${ID}Policy`, { roles: [role], statements: [allLogs(stack)] });
  const account = new CfnAccount(stack, ID, { cloudWatchRoleArn: role.roleArn });
  account.node.addDependency(policy);
  for (const kept of [role, policy, account]) kept.applyRemovalPolicy(RemovalPolicy.RETAIN);
  Validations.of(policy).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:*]',
    reason: 'the setting is for all APIs of the account in the region, and so for all their log groups',
  });
  return account;
}

function allLogs(stack: Stack): PolicyStatement {
  const groups = {
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  };
  return new PolicyStatement({ effect: Effect.ALLOW, actions: ACTIONS, resources: [stack.formatArn(groups)] });
}
