import { createHash } from 'node:crypto';
import { MODEL_FORMAT, Model, type TrainingReport } from '../../core/transactions/model.ts';
import { NoSuchObject, type ObjectStore } from '../objects/object-store.ts';

/** What is told of a model, so that it can be judged without being read. */
export interface ModelDescription {
  /** Sorts by the time of training. */
  readonly version: string;
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The format of the model's bytes. */
  readonly format: number;
  readonly trainedAt: string;
  readonly report: TrainingReport;
}

/** A model that must not be used: damaged, of another format, or gone. */
export class UnusableModel extends Error {
  override readonly name = 'UnusableModel';

  constructor(version: string, fault: string, options?: ErrorOptions) {
    super(`the model ${version} cannot be used: ${fault}`, options);
  }
}

const FORMAT = 1;
const PREFIX = 'models/';
const POINTER = `${PREFIX}current.json`;
/** The latest models that are listed: where one cannot be used, the one before is. */
const LISTED = 5;

interface Pointer {
  readonly format: number;
  readonly models: readonly ModelDescription[];
}

/** Models in a bucket: each an object of its own, and one object that lists the latest. */
export class ModelStore {
  readonly #bucket: ObjectStore;

  constructor(bucket: ObjectStore) {
    this.#bucket = bucket;
  }

  /** The latest models, the newest first; none before the first training. */
  async latest(): Promise<readonly ModelDescription[]> {
    let text: string;
    try {
      text = Buffer.from(await this.#bucket.get(POINTER)).toString();
    } catch (error) {
      if (error instanceof NoSuchObject) return [];
      throw error;
    }
    const pointer = JSON.parse(text) as Pointer;
    if (pointer.format !== FORMAT) throw new Error(`${POINTER} is of format ${pointer.format}, not ${FORMAT}`);
    return pointer.models;
  }

  /** @throws UnusableModel */
  async read({ version, key, sha256, format }: ModelDescription): Promise<Model> {
    if (format !== MODEL_FORMAT) throw new UnusableModel(version, `its format is ${format}, not ${MODEL_FORMAT}`);
    const bytes = await this.#read(version, key);
    if (sha256Of(bytes) !== sha256) throw new UnusableModel(version, 'its checksum is another');
    try {
      return Model.restore(bytes);
    } catch (error) {
      throw new UnusableModel(version, String(error), { cause: error });
    }
  }

  /** Makes a model the current one, and deletes those that are no longer listed. */
  async publish(model: Model, { now, token }: { now: number; token: string }): Promise<ModelDescription> {
    const trainedAt = new Date(now).toISOString();
    const version = `${trainedAt.replaceAll(/[-:.]/g, '')}-${token}`;
    const bytes = model.save();
    const key = `${PREFIX}${version}.bin`;
    const description = {
      version,
      key,
      sha256: sha256Of(bytes),
      bytes: bytes.length,
      format: MODEL_FORMAT,
      trainedAt,
      report: model.report,
    };
    await this.#bucket.put(key, bytes, 'application/octet-stream');
    const before = await this.latest();
    // Another training may have begun later, and ended earlier.
    const sorted = [description, ...before].toSorted((one, other) => (one.version < other.version ? 1 : -1));
    const pointer: Pointer = { format: FORMAT, models: sorted.slice(0, LISTED) };
    await this.#bucket.put(POINTER, `${JSON.stringify(pointer, undefined, 2)}\n`, 'application/json');
    await this.#bucket.remove(sorted.slice(LISTED).map((old) => old.key));
    return description;
  }

  async #read(version: string, key: string): Promise<Uint8Array> {
    try {
      return await this.#bucket.get(key);
    } catch (error) {
      if (error instanceof NoSuchObject) throw new UnusableModel(version, 'it is gone', { cause: error });
      throw error;
    }
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
