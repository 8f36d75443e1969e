import path from 'node:path';

/** Where everything is in the data folder of a local run. */
export class RunFolder {
  readonly path: string;

  constructor(folder: string) {
    this.path = path.resolve(folder);
  }

  /** What the stand-ins keep. */
  get services(): string {
    return path.join(this.path, 'services');
  }

  /** What has been created in the stand-ins. */
  get deployed(): string {
    return path.join(this.path, 'deployed.json');
  }

  /** Asynchronous invocations that have not succeeded yet. */
  get invocations(): string {
    return path.join(this.path, 'invocations');
  }

  get schedules(): string {
    return path.join(this.path, 'schedules');
  }

  /** Who is connected to a WebSocket API. */
  connections(stage: string): string {
    return path.join(this.path, 'connections', stage);
  }

  /** How far a mapping has come in its stream. */
  checkpoints(mapping: string): string {
    return path.join(this.path, 'mappings', `${mapping}.json`);
  }

  log(functionName: string): string {
    return path.join(this.path, 'logs', `${functionName}.log`);
  }
}
