/** What a function sends, and what AWS does in its name. */
export interface DeclaredFunction {
  /** The commands that its bundle holds. Stores carry all that they can ask, also what this function never has them ask. */
  readonly commands: readonly string[];
  /** What it sends, action by action, and to which resources: each is used in test/local/whole-run. */
  readonly sends: Readonly<Record<string, readonly string[]>>;
  readonly service: readonly ServiceNeed[];
}

/** Kept apart from what code sends: Lambda itself does it, in the name of the function's role. */
export type ServiceNeed = 'log' | 'failures' | 'stream';

/** What each need takes; `*Log` stands for the function's own. */
export const SERVICE_RIGHTS: Readonly<Record<ServiceNeed, Readonly<Record<string, readonly string[]>>>> = {
  log: { 'logs:CreateLogStream': ['*Log'], 'logs:PutLogEvents': ['*Log'] },
  // Lambda's documentation asks for both, to put what a function failed on into a bucket.
  failures: { 's3:ListBucket': ['Journal'], 's3:PutObject': ['Journal/aws/lambda/*'] },
  stream: {
    'kinesis:DescribeStream': ['Events'],
    'kinesis:DescribeStreamSummary': ['Events'],
    'kinesis:GetRecords': ['Events'],
    'kinesis:GetShardIterator': ['Events'],
    'kinesis:ListShards': ['Events'],
  },
};

/** Commands whose right has another name. S3's batch of deletions needs the right for each object. */
export const ACTION_OF_COMMAND: Readonly<Record<string, string>> = {
  'apigatewaymanagementapi:DeleteConnection': 'execute-api:ManageConnections',
  'apigatewaymanagementapi:PostToConnection': 'execute-api:ManageConnections',
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
};

/** Why a resource has a star in it. No other may. */
export const STARS: Readonly<Record<string, string>> = {
  'Journal/bodies/*': 'each commit has a body of its own, named by network, version and a random token',
  'Journal/redriven/*': 'what was put back is marked by shard and sequence number, or by source and line',
  'Journal/models/*': 'each training puts a model of its own, named by time',
  'Journal/aws/lambda/*': 'Lambda names the objects in which it keeps what a function failed on',
  'Output/flagged/*': 'each commit that flagged anything puts an object of its own',
  'Output/rejected/*': 'each commit that rejected anything puts an object of its own',
  'Output/rejected/transactions/*': 'each batch that rejected anything puts objects of its own',
  'Output/reports/*': 'each log has a report of its own, named by network and key',
  'Output/anomalies/*': 'each commit of a user that found anomalies puts an object of its own',
  'Input/*/batch_log.json': 'the folder is the name of a network, which its user chooses',
  'Input/*/batch_log.json.gz': 'the folder is the name of a network, which its user chooses',
  'Input/*/stream_log.json': 'the folder is the name of a network, which its user chooses',
  'Input/*/stream_log.json.gz': 'the folder is the name of a network, which its user chooses',
  'Site/*': 'the names of the files of the dashboard change with their content',
  'SeriesApi/series/POST/@connections/*': 'API Gateway names connections when they are made',
  'SeriesApi/series/DELETE/@connections/*': 'API Gateway names connections when they are made',
  'LiveApi/live/POST/@connections/*': 'API Gateway names connections when they are made',
  'log-group:*': 'the setting is for all APIs of the account in the region, and so for all their log groups',
};

/** Roles that are no function's. */
export const OTHER_ROLES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // API Gateway's documentation asks for these, to write access logs.
  ApiGatewayLoggingRole: {
    'logs:CreateLogGroup': ['log-group:*'],
    'logs:CreateLogStream': ['log-group:*'],
    'logs:DescribeLogGroups': ['log-group:*'],
    'logs:DescribeLogStreams': ['log-group:*'],
    'logs:FilterLogEvents': ['log-group:*'],
    'logs:GetLogEvents': ['log-group:*'],
    'logs:PutLogEvents': ['log-group:*'],
  },
};

/** A table's store. The last one is the SDK's own, for a setting of its client that nobody has made. */
const ITEMS = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:DescribeEndpoints',
];
/** A bucket's store. The last one is the SDK's own, for another kind of bucket. */
const OBJECTS = [
  's3:DeleteObjects',
  's3:GetObject',
  's3:HeadObject',
  's3:ListObjectsV2',
  's3:ListObjectVersions',
  's3:PutObject',
  's3:CreateSession',
];
const CONNECTIONS = ['apigatewaymanagementapi:DeleteConnection', 'apigatewaymanagementapi:PostToConnection'];

const BATCH_LOGS = [
  'Input/batch_log.json',
  'Input/batch_log.json.gz',
  'Input/*/batch_log.json',
  'Input/*/batch_log.json.gz',
];
const STREAM_LOGS = BATCH_LOGS.map((key) => key.replace('batch_log', 'stream_log'));
/** What commits tell. */
const COMMITTED = ['Output/flagged/*', 'Output/rejected/*', 'Output/reports/*'];
const OUTPUTS = ['flagged', 'rejected', 'reports', 'anomalies'].map((folder) => `Output/${folder}/*`);
const TRANSACTION_INDEXES = ['newest', 'by-user', 'by-category', 'anomalies'].map(
  (index) => `JudgedTransactions/index/${index}`,
);

/** By the names of the bundles. */
export const FUNCTIONS: Readonly<Record<string, DeclaredFunction>> = {
  api: {
    commands: [...ITEMS, ...OBJECTS],
    sends: {
      'dynamodb:GetItem': ['State'],
      'dynamodb:BatchGetItem': ['State', 'Profiles', 'Clients'],
      'dynamodb:Query': ['State', 'Clients', ...TRANSACTION_INDEXES],
      'dynamodb:PutItem': ['Subscriptions'],
      's3:GetObject': ['Journal/bodies/*', 'Journal/models/current.json', 'Output/flagged/*'],
      // Without it S3 does not say that there is no model yet, but that one may not look.
      's3:ListBucket': ['Journal', 'Output'],
    },
    service: ['log'],
  },
  'batch-log': {
    commands: [...ITEMS, ...OBJECTS],
    sends: {
      'dynamodb:GetItem': ['State'],
      'dynamodb:PutItem': ['State'],
      'dynamodb:BatchWriteItem': ['State'],
      's3:GetObject': [...BATCH_LOGS, 'Journal/bodies/*'],
      's3:PutObject': ['Journal/bodies/*', 'Journal/redriven/*', ...COMMITTED],
      's3:ListBucket': ['Input'],
    },
    service: ['log', 'failures'],
  },
  'dashboard-files': {
    commands: ['s3:PutObject', 's3:CreateSession'],
    sends: { 's3:PutObject': ['Site/*'] },
    service: ['log'],
  },
  erase: {
    commands: [...ITEMS, 'dynamodb:UpdateItem', ...OBJECTS],
    sends: {
      'dynamodb:GetItem': ['State'],
      'dynamodb:BatchGetItem': ['State', 'Profiles', 'JudgedTransactions'],
      'dynamodb:Query': ['State', 'JudgedTransactions/index/by-user', 'Clients', 'Subscriptions'],
      'dynamodb:Scan': ['State', 'Clients'],
      'dynamodb:PutItem': ['State', 'Profiles'],
      'dynamodb:UpdateItem': ['Subscriptions'],
      'dynamodb:DeleteItem': ['State', 'Profiles', 'Clients'],
      'dynamodb:BatchWriteItem': ['State', 'JudgedTransactions', 'Clients', 'Subscriptions'],
      's3:GetObject': [...BATCH_LOGS, ...STREAM_LOGS, 'Journal/bodies/*', 'Journal/aws/lambda/*', ...OUTPUTS],
      's3:PutObject': ['Journal/bodies/*', 'Journal/aws/lambda/*', ...OUTPUTS],
      's3:DeleteObject': ['Journal/bodies/*', 'Journal/aws/lambda/*', 'Journal/redriven/*', ...OUTPUTS],
      's3:DeleteObjectVersion': [...BATCH_LOGS, ...STREAM_LOGS],
      's3:ListBucket': ['Input', 'Output', 'Journal'],
      's3:ListBucketVersions': ['Input'],
    },
    service: ['log', 'failures'],
  },
  housekeeping: {
    commands: [...ITEMS, ...OBJECTS],
    sends: {
      'dynamodb:GetItem': ['State'],
      'dynamodb:BatchGetItem': ['State'],
      'dynamodb:Query': ['State'],
      'dynamodb:Scan': ['State'],
      'dynamodb:PutItem': ['State'],
      'dynamodb:BatchWriteItem': ['State'],
      's3:GetObject': ['Journal/bodies/*'],
      's3:PutObject': ['Journal/redriven/*', ...COMMITTED],
      's3:DeleteObject': ['Journal/bodies/*'],
      's3:ListBucket': ['Journal'],
    },
    service: ['log', 'failures'],
  },
  'live-authorizer': {
    commands: ITEMS,
    sends: { 'dynamodb:DeleteItem': ['Subscriptions'] },
    service: ['log'],
  },
  'live-events': {
    commands: [...ITEMS, ...OBJECTS],
    sends: {
      'dynamodb:GetItem': ['State'],
      'dynamodb:BatchGetItem': ['State'],
      'dynamodb:PutItem': ['State'],
      'dynamodb:BatchWriteItem': ['State'],
      // What it was given up on, for redrive.
      's3:GetObject': ['Journal/bodies/*', 'Journal/aws/lambda/*'],
      's3:ListBucket': ['Journal'],
      's3:PutObject': ['Journal/bodies/*', 'Journal/redriven/*', ...COMMITTED],
    },
    service: ['log', 'failures', 'stream'],
  },
  'live-publisher': {
    commands: [...ITEMS, 'dynamodb:UpdateItem', ...OBJECTS, ...CONNECTIONS],
    sends: {
      'dynamodb:Query': ['Subscriptions', 'State'],
      'dynamodb:GetItem': ['Subscriptions'],
      // Of a connection that has gone, whatever it watched.
      'dynamodb:UpdateItem': ['Subscriptions'],
      'dynamodb:BatchWriteItem': ['Subscriptions'],
      's3:GetObject': ['Output/anomalies/*'],
      'execute-api:ManageConnections': ['LiveApi/live/POST/@connections/*'],
    },
    service: ['log', 'failures'],
  },
  'live-updates': {
    commands: [...ITEMS, 'dynamodb:UpdateItem', ...CONNECTIONS],
    sends: {
      'dynamodb:GetItem': ['Subscriptions'],
      'dynamodb:PutItem': ['Subscriptions', 'Clients'],
      'dynamodb:UpdateItem': ['Subscriptions'],
      'dynamodb:BatchWriteItem': ['Subscriptions'],
      'dynamodb:Query': ['Clients'],
      'execute-api:ManageConnections': ['LiveApi/live/POST/@connections/*'],
    },
    service: ['log'],
  },
  series: {
    commands: [...ITEMS, ...CONNECTIONS, 'lambda:Invoke'],
    sends: {
      'dynamodb:GetItem': ['Clients'],
      'dynamodb:PutItem': ['Clients'],
      'dynamodb:Query': ['Clients'],
      'dynamodb:BatchWriteItem': ['Clients'],
      'execute-api:ManageConnections': [
        'SeriesApi/series/POST/@connections/*',
        'SeriesApi/series/DELETE/@connections/*',
      ],
      'lambda:InvokeFunction': ['LivePublisher'],
    },
    service: ['log'],
  },
  'stream-log': {
    commands: [...ITEMS, ...OBJECTS, 'kinesis:PutRecord', 'lambda:Invoke'],
    sends: {
      'dynamodb:GetItem': ['State'],
      'dynamodb:PutItem': ['State'],
      'kinesis:PutRecord': ['Events'],
      'lambda:InvokeFunction': ['StreamLog'],
      's3:GetObject': [...BATCH_LOGS, ...STREAM_LOGS, 'Output/reports/*'],
      's3:PutObject': ['Output/rejected/*', 'Output/reports/*'],
      's3:ListBucket': ['Input', 'Output'],
    },
    service: ['log', 'failures'],
  },
  train: {
    commands: [...ITEMS, ...OBJECTS],
    sends: {
      'dynamodb:Query': ['JudgedTransactions/index/newest'],
      's3:GetObject': ['Journal/models/*'],
      's3:PutObject': ['Journal/models/*'],
      's3:DeleteObject': ['Journal/models/*'],
    },
    service: ['log', 'failures'],
  },
  transactions: {
    commands: [...ITEMS, ...OBJECTS],
    sends: {
      'dynamodb:GetItem': ['State'],
      'dynamodb:PutItem': ['State', 'Profiles'],
      'dynamodb:BatchGetItem': ['Profiles', 'JudgedTransactions'],
      'dynamodb:BatchWriteItem': ['JudgedTransactions'],
      // What it was given up on, for redrive.
      's3:GetObject': ['Journal/models/*', 'Journal/aws/lambda/*'],
      's3:PutObject': ['Output/anomalies/*', 'Output/rejected/transactions/*'],
    },
    service: ['log', 'failures', 'stream'],
  },
};
