import type { AttributeDefinition, GlobalSecondaryIndex, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import type { EventPattern } from '../events/event-pattern.ts';

/** The system that a template describes, in the terms of the local run. */
export interface Definitions {
  readonly tables: readonly TableDefinition[];
  readonly streams: readonly StreamDefinition[];
  readonly buckets: readonly BucketDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly mappings: readonly MappingDefinition[];
  readonly rules: readonly RuleDefinition[];
  readonly sockets: readonly SocketDefinition[];
  readonly http: readonly HttpDefinition[];
  /** What the stack tells about itself, by the names of its outputs. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface TableDefinition {
  readonly kind: 'table';
  readonly name: string;
  readonly attributes: AttributeDefinition[];
  readonly keys: KeySchemaElement[];
  readonly indexes: GlobalSecondaryIndex[];
}

export interface StreamDefinition {
  readonly kind: 'stream';
  readonly name: string;
  /** Undefined: on demand. */
  readonly shards: number | undefined;
  readonly retentionHours: number;
}

export interface BucketDefinition {
  readonly kind: 'bucket';
  readonly name: string;
  /** Whether EventBridge is told of new objects. */
  readonly announcesObjects: boolean;
}

export interface FunctionDefinition {
  readonly name: string;
  /** The folder with the bundle. */
  readonly folder: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** How many invocations may run at once; undefined: as many as this machine can bear. */
  readonly reservedConcurrency: number | undefined;
  readonly asynchronous: AsynchronousSettings;
}

export interface AsynchronousSettings {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly failureBucket: string | undefined;
}

export interface MappingDefinition {
  readonly name: string;
  readonly functionName: string;
  readonly streamName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly reportsBatchItemFailures: boolean;
  readonly bisectsOnError: boolean;
  /** -1: until the records expire. */
  readonly maximumRetryAttempts: number;
  /** -1: until the records expire. */
  readonly maximumRecordAgeSeconds: number;
  readonly failureBucket: string | undefined;
}

export interface RuleDefinition {
  readonly name: string;
  readonly enabled: boolean;
  readonly trigger: RuleTrigger;
  /** The functions that are invoked. */
  readonly targets: readonly RuleTarget[];
}

export type RuleTrigger =
  | { readonly kind: 'pattern'; readonly pattern: EventPattern }
  | { readonly kind: 'schedule'; readonly everyMilliseconds: number };

export interface RuleTarget {
  readonly functionName: string;
  /** JSON that the function is given instead of the event. */
  readonly input: string | undefined;
}

/** A WebSocket API. */
export interface SocketDefinition {
  /** Its id, as in its address on AWS. */
  readonly name: string;
  /** The path under which it is found. */
  readonly stage: string;
  /** The functions, by route: `$connect`, `$default`, `$disconnect`. */
  readonly routes: Readonly<Record<string, string>>;
  /** Undefined: whoever is on this machine may connect. */
  readonly authorizer?: AuthorizerDefinition | undefined;
}

/** A function that is asked, with what of a request it has to know, whether somebody may connect. */
export interface AuthorizerDefinition {
  readonly functionName: string;
  /** A request that lacks one of these is refused without asking. */
  readonly identitySources: readonly { readonly place: 'querystring' | 'header'; readonly name: string }[];
}

/** An HTTP API. */
export interface HttpDefinition {
  /** Its id, as in its address on AWS. */
  readonly name: string;
  /** The functions, by route: `GET /api/users/{id}`, `$default`. */
  readonly routes: Readonly<Record<string, string>>;
}
