import type { Clients } from './clients.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import type { Definitions, MappingDefinition } from './deploy/definitions.ts';
import { CannotDeploy } from './deploy/template.ts';
import { objectCreatedOnBus } from './events/bus-event.ts';
import { EventBus } from './events/event-bus.ts';
import { Schedules } from './events/schedules.ts';
import type { Functions } from './functions.ts';
import { AsynchronousInvocations } from './lambda/asynchronous/asynchronous-invocations.ts';
import { EventFolder } from './lambda/asynchronous/event-folder.ts';
import type { Invoke } from './lambda/invocation.ts';
import { Checkpoints } from './lambda/kinesis/checkpoints.ts';
import { KinesisShardSource } from './lambda/kinesis/kinesis-shard-source.ts';
import { StreamMapping } from './lambda/kinesis/stream-mapping.ts';
import { S3FailureStore } from './lambda/s3-failure-store.ts';
import { objectCreatedEvent, type Tell } from './run-events.ts';
import type { RunFolder } from './run-folder.ts';
import type { ObjectCreated } from './services/s3/object-created.ts';

export interface TriggersOptions {
  readonly definitions: Definitions;
  readonly functions: Functions;
  readonly clients: Clients;
  readonly folder: RunFolder;
  readonly tell: Tell;
}

/** Lambda waits one minute, then two. Whoever sits before a screen is not to wait so long. */
const PAUSES_AFTER_FAILURE_MS = [1000, 2000];

const HOUR_MS = 3_600_000;

/** Everything that calls functions. */
export class Triggers {
  readonly invocations: AsynchronousInvocations;
  readonly mappings: readonly StreamMapping[];
  readonly #bus: EventBus;
  readonly #schedules: Schedules;
  readonly #tell: Tell;

  constructor(options: TriggersOptions) {
    const { definitions, folder, tell } = options;
    const { rules } = definitions;
    this.#tell = tell;
    this.invocations = asynchronousInvocations(options);
    this.#bus = new EventBus(rules, (event) => this.invocations.accept(event));
    this.#schedules = new Schedules({ rules, bus: this.#bus, folder: folder.schedules, clock: SYSTEM_CLOCK });
    this.mappings = definitions.mappings
      .filter(({ enabled }) => enabled)
      .map((mapping) => streamMapping(mapping, options));
  }

  async start(): Promise<void> {
    await this.invocations.start();
    await Promise.all(this.mappings.map((mapping) => mapping.start()));
    this.#schedules.start();
  }

  /** Begins nothing new, and comes back when what is under way has ended. */
  async stop(): Promise<void> {
    await Promise.all([
      this.#schedules.stop(),
      this.invocations.stop(),
      ...this.mappings.map((mapping) => mapping.stop()),
    ]);
  }

  objectCreated(event: ObjectCreated): void {
    this.#passOn(event).catch((error: unknown) => {
      // Not acknowledged, so it is told again after the next start.
      this.#tell({ kind: 'trouble', message: `the event of ${event.detail.object.key}: ${String(error)}` });
    });
  }

  async #passOn(event: ObjectCreated): Promise<void> {
    await this.#bus.put(objectCreatedOnBus(event));
    await event.acknowledge();
    this.#tell(objectCreatedEvent(event));
  }
}

function asynchronousInvocations({ functions, clients, folder, tell }: TriggersOptions): AsynchronousInvocations {
  const targets = [...functions.byName].map(([name, lambda]) => {
    const invoke: Invoke = (invocation) => lambda.invoke(invocation);
    return [name, { invoke, settings: lambda.definition.asynchronous }] as const;
  });
  return new AsynchronousInvocations({
    folder: new EventFolder(folder.invocations),
    targets: new Map(targets),
    failures: new S3FailureStore(clients.s3),
    clock: SYSTEM_CLOCK,
    tell,
    pausesAfterFailure: PAUSES_AFTER_FAILURE_MS,
  });
}

function streamMapping(mapping: MappingDefinition, options: TriggersOptions): StreamMapping {
  const { definitions, functions, clients, folder, tell } = options;
  const stream = definitions.streams.find(({ name }) => name === mapping.streamName);
  const lambda = functions.byName.get(mapping.functionName);
  if (stream === undefined || lambda === undefined) {
    throw new CannotDeploy(`${mapping.name} maps ${mapping.streamName} to ${mapping.functionName}; one is not there`);
  }
  return new StreamMapping({
    mapping,
    source: new KinesisShardSource(clients.kinesis, mapping.streamName),
    checkpoints: new Checkpoints(folder.checkpoints(mapping.name)),
    retentionMilliseconds: stream.retentionHours * HOUR_MS,
    invoke: (invocation) => lambda.invoke(invocation),
    failures: new S3FailureStore(clients.s3),
    clock: SYSTEM_CLOCK,
    tell,
  });
}
