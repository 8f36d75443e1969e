import { ACCOUNT, REGION } from '../deploy/account.ts';
import type { FunctionDefinition } from '../deploy/definitions.ts';

/** Where the stand-ins listen. Always by IP address: for a host name, the SDK would put the bucket in front of it. */
export interface Endpoints {
  readonly s3: string;
  readonly dynamodb: string;
  readonly kinesis: string;
  readonly lambda: string;
  /** Of the APIs; what the template takes for their addresses on AWS leads there. */
  readonly front: string;
}

/** With which any AWS SDK reaches the stand-ins: they take any credentials, but the SDK insists on some. */
function clientEnvironment(endpoints: Endpoints): Record<string, string> {
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_KINESIS: endpoints.kinesis,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
  };
}

/** The whole environment of a function: nothing of this process's own shines through. */
export function functionEnvironment(definition: FunctionDefinition, endpoints: Endpoints): Record<string, string> {
  return {
    ...clientEnvironment(endpoints),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    FLAGSTONE_FUNCTION_ARN: functionArn(definition.name),
    LAMBDA_TASK_ROOT: definition.folder,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: definition.handler,
    ...Object.fromEntries(
      Object.entries(definition.environment).map(([name, value]) => [name, localAddress(value, endpoints)]),
    ),
  };
}

const API_ADDRESS = /^https:\/\/[^./]+\.execute-api\.[^/]+/;

/** What CloudFormation would look up elsewhere, such as secrets: nothing is there. */
const LOOKED_UP = /\{\{resolve:[^}]*\}\}/g;

function localAddress(value: string, { front }: Endpoints): string {
  return value.replace(API_ADDRESS, front).replaceAll(LOOKED_UP, '');
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}
