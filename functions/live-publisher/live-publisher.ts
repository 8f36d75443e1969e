import { answerFlag } from '../../lib/core/api/answer-flag.ts';
import { readAnomaly } from '../../lib/core/api/read-anomaly.ts';
import { flaggedObjectOf } from '../../lib/core/cloud/object-keys.ts';
import { clientTopic } from '../../lib/core/live/topic.ts';
import { ANOMALIES_PREFIX } from '../../lib/core/transactions-cloud/output-objects.ts';
import { publishUpdate, type Published, type PublishOptions } from '../../lib/adapters/live/publish-update.ts';
import type { WatchedPoints } from '../../lib/adapters/live/watched-points.ts';
import type { ObjectStore } from '../../lib/adapters/objects/object-store.ts';
import type { StateStore } from '../../lib/adapters/state/state-store.ts';

export interface LivePublisherOptions extends PublishOptions {
  readonly state: Pick<StateStore, 'readFlagsOf'>;
  readonly output: Pick<ObjectStore, 'get'>;
}

/** What is new: an object in the output bucket, or points. */
export type News = { readonly key: string } | WatchedPoints;

/** Tells pages what the detectors have written. */
export class LivePublisher {
  readonly #options: LivePublisherOptions;

  constructor(options: LivePublisherOptions) {
    this.#options = options;
  }

  async publish(news: News): Promise<Published> {
    if ('client' in news) return publishUpdate(this.#options, clientTopic(news.client), async () => news.points);
    const { key } = news;
    if (key.startsWith(ANOMALIES_PREFIX)) {
      return publishUpdate(this.#options, 'anomalies', () => this.#readAnomalies(key));
    }
    const flagged = flaggedObjectOf(key);
    if (flagged === undefined) throw new Error(`${key} holds neither flagged purchases nor anomalies`);
    const { network, version } = flagged;
    return publishUpdate(this.#options, 'flagged', async () => {
      // In the object, purchases stand without the limits by which they were judged.
      const flags = await this.#options.state.readFlagsOf(network, version);
      return flags.map((flag) => answerFlag(network, flag));
    });
  }

  async #readAnomalies(key: string): Promise<ReturnType<typeof readAnomaly>[]> {
    const text = new TextDecoder().decode(await this.#options.output.get(key));
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map(readAnomaly);
  }
}
