import type { VersionedModel } from '../../core/transactions-cloud/commit-lines.ts';
import type { Model } from '../../core/transactions/model.ts';
import { UnusableModel, type ModelDescription, type ModelStore } from './model-store.ts';

export interface CurrentModelOptions {
  readonly models: ModelStore;
  readonly now: () => number;
  /** A model is not used, or it could not be looked for a newer one: the one before stays. */
  readonly onRefused: (version: string | undefined, error: unknown) => void;
}

/** For so long a newer model may go unnoticed. */
const LOOK_EVERY_MS = 30_000;

/** The model that a function judges by: the latest that can be used. */
export class CurrentModel {
  readonly #options: CurrentModelOptions;
  #model: VersionedModel | undefined;
  #trainedAt: number | undefined;
  #lookedAt: number | undefined;
  readonly #refused = new Set<string>();

  constructor(options: CurrentModelOptions) {
    this.#options = options;
  }

  /** Undefined before the first training. @throws where it has never been possible to look, as what then judges is not known */
  async get(): Promise<VersionedModel | undefined> {
    const { now, onRefused } = this.#options;
    if (this.#lookedAt !== undefined && now() - this.#lookedAt < LOOK_EVERY_MS) return this.#model;
    try {
      this.#model = await this.#latest();
    } catch (error) {
      if (this.#lookedAt === undefined) throw error;
      onRefused(undefined, error);
    }
    this.#lookedAt = now();
    return this.#model;
  }

  /** Milliseconds since the model in use was trained; undefined without one. */
  get ageMs(): number | undefined {
    return this.#trainedAt === undefined ? undefined : this.#options.now() - this.#trainedAt;
  }

  async #latest(): Promise<VersionedModel | undefined> {
    for (const description of await this.#options.models.latest()) {
      const { version, trainedAt } = description;
      if (version === this.#model?.version) return this.#model;
      if (this.#refused.has(version)) continue;
      const model = await this.#read(description);
      if (model === undefined) continue;
      this.#trainedAt = Date.parse(trainedAt);
      return { version, model };
    }
    return this.#model;
  }

  /** Undefined for one that cannot be used; it is not looked at again. */
  async #read(description: ModelDescription): Promise<Model | undefined> {
    const { models, onRefused } = this.#options;
    try {
      return await models.read(description);
    } catch (error) {
      if (!(error instanceof UnusableModel)) throw error;
      this.#refused.add(description.version);
      onRefused(description.version, error);
      return undefined;
    }
  }
}
