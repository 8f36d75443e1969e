import { createHash } from 'node:crypto';
import { readStoredJson, type StoredJson } from '../../core/cloud/stored-json.ts';
import type { TrainingEvaluation } from '../../core/transactions/evaluate-training.ts';
import { MODEL_FORMAT, Model, type TrainingReport } from '../../core/transactions/model.ts';
import { NoSuchObject, type FoundObject, type ObjectStore, type OpenObject } from '../objects/object-store.ts';

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
  /** How a model trained without the latest transactions does on them; none where there were too few. */
  readonly evaluation?: TrainingEvaluation;
}

export interface Publication {
  /** When it was trained, in milliseconds since 1970. */
  readonly now: number;
  readonly token: string;
  readonly evaluation?: TrainingEvaluation | undefined;
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

/** Trainings are hardly ever under way at the same time. */
const MOST_ATTEMPTS = 10;

interface Pointer extends StoredJson {
  readonly models: readonly ModelDescription[];
}

interface List {
  readonly models: readonly ModelDescription[];
  /** The object it was read from. */
  readonly found: Pick<FoundObject, 'etag'> | undefined;
}

/** Models in a bucket: each an object of its own, and one object that lists the latest. */
export class ModelStore {
  readonly #bucket: ObjectStore;

  constructor(bucket: ObjectStore) {
    this.#bucket = bucket;
  }

  /** The latest models, the newest first; none before the first training. */
  async latest(): Promise<readonly ModelDescription[]> {
    return (await this.#list()).models;
  }

  /** @throws UnusableModel */
  async read({ version, key, sha256, format }: ModelDescription): Promise<Model> {
    if (format !== MODEL_FORMAT) {
      throw new UnusableModel(
        version,
        `its format is ${format}, this version of Flagstone reads format ${MODEL_FORMAT}`,
      );
    }
    const bytes = await this.#read(version, key);
    if (sha256Of(bytes) !== sha256) throw new UnusableModel(version, 'its checksum is another');
    try {
      return Model.restore(bytes);
    } catch (error) {
      throw new UnusableModel(version, String(error), { cause: error });
    }
  }

  /** Makes a model the current one, and deletes those that are no longer listed. */
  async publish(model: Model, { now, token, evaluation }: Publication): Promise<ModelDescription> {
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
      ...(evaluation && { evaluation }),
    };
    await this.#bucket.put(key, bytes, 'application/octet-stream');
    await this.#enlist(description);
    return description;
  }

  /**
   * Adds a model to the list, on the condition that the list is still the one that was read: another training may end at the
   * same time, and a request that arrives late must not bring an older list back.
   */
  async #enlist(description: ModelDescription): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const { models, found } = await this.#list();
      // The reply to an earlier attempt was lost.
      if (models.some(({ version }) => version === description.version)) return;
      // Another training may have begun later, and ended earlier.
      const sorted = [description, ...models].toSorted((one, other) => (one.version < other.version ? 1 : -1));
      const pointer: Pointer = { format: FORMAT, models: sorted.slice(0, LISTED) };
      if (!(await this.#bucket.replace(POINTER, `${JSON.stringify(pointer, undefined, 2)}\n`, found))) continue;
      await this.#bucket.remove(sorted.slice(LISTED).map((old) => old.key));
      return;
    }
    throw new Error(`others have changed ${POINTER} first, ${MOST_ATTEMPTS} times in a row`);
  }

  async #list(): Promise<List> {
    let opened: OpenObject;
    try {
      opened = await this.#bucket.open(POINTER);
    } catch (error) {
      if (error instanceof NoSuchObject) return { models: [], found: undefined };
      throw error;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of opened.body) chunks.push(chunk);
    const { models } = readStoredJson('list of models', Buffer.concat(chunks).toString(), FORMAT) as Pointer;
    return { models, found: opened };
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
