import { decodeBody, encodeBody } from '../../core/cloud/body-codec.ts';
import type { CommitBody } from '../../core/cloud/commit-body.ts';
import { commitsAfter, newHead, tokenOf, type ListedCommit } from '../../core/cloud/commits.ts';
import type { Head } from '../../core/cloud/head.ts';
import {
  beforeBodiesOf,
  bodyKey,
  bodyPrefix,
  redrivenKey,
  redrivenPrefix,
  redrivenStretch,
} from '../../core/cloud/object-keys.ts';
import { lanesIn, type Lane, type Moment, type Stretch } from '../../core/cloud/redrive/lanes.ts';
import type { NetworkParameters } from '../../core/events/log-header.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { NoSuchObject, type ObjectStore } from '../objects/object-store.ts';
import type { StateStore } from '../state/state-store.ts';

export interface CommitLogOptions {
  readonly state: StateStore;
  /** Where the bodies are. */
  readonly journal: ObjectStore;
  /** D and T of a network that nobody has given others. */
  readonly defaults: NetworkParameters;
  /** Purchases kept per user, if more than T. */
  readonly keptPurchases: number;
}

/** The heads of the networks and the bodies of their commits. */
export class CommitLog {
  readonly #options: CommitLogOptions;

  constructor(options: CommitLogOptions) {
    this.#options = options;
  }

  /** The head as it is now; of version 0 for a network that nothing has been committed to. */
  async head(network: NetworkName): Promise<Head> {
    const { state, defaults } = this.#options;
    return (await state.readHead(network)) ?? newHead(network, defaults, this.keptFor(defaults.tracked));
  }

  /** Purchases to be kept per user of a network with this T. */
  keptFor(tracked: number): number {
    return Math.max(tracked, this.#options.keptPurchases);
  }

  async writeBody(network: NetworkName, token: string, body: CommitBody): Promise<void> {
    await this.#options.journal.put(bodyKey(network, body.version, token), encodeBody(body), 'application/json');
  }

  /** @throws NoSuchObject if the body has been deleted, because no head lists it any more. */
  async readBody(network: NetworkName, { version, token }: ListedCommit): Promise<CommitBody> {
    return decodeBody(await this.#options.journal.get(bodyKey(network, version, token)));
  }

  /** The bodies of the commits after a version that the head reaches back to, oldest first. */
  async bodiesAfter(head: Head, version: number): Promise<CommitBody[]> {
    const commits = commitsAfter(head, version);
    if (commits === undefined) throw new RangeError(`the head ${head.version} does not reach back to ${version}`);
    const bodies = commits.filter(({ hasBody }) => hasBody);
    return Promise.all(bodies.map((commit) => this.readBody(head.network, commit)));
  }

  /**
   * What was true of a network at a version, or as soon after it as a body tells that is still kept: every body tells what its
   * writer found, whether it was committed or not. From the last of them on it is the head.
   */
  async momentAt(head: Head, version: number): Promise<Moment> {
    const { journal } = this.#options;
    const { network } = head;
    for await (const { key } of journal.list(bodyPrefix(network), beforeBodiesOf(network, version + 1))) {
      const body = await this.#readIfThere(key);
      if (body === undefined) continue;
      if (body.version > head.version) break;
      if (body.before !== undefined) return { ...body.before, version: body.version - 1 };
    }
    return head;
  }

  async #readIfThere(key: string): Promise<CommitBody | undefined> {
    try {
      return decodeBody(await this.#options.journal.get(key));
    } catch (error) {
      if (error instanceof NoSuchObject) return undefined;
      throw error;
    }
  }

  /** Marks what a commit has put back that had been given up; of other commits there is nothing to mark. */
  async markRedriven(network: NetworkName, body: CommitBody): Promise<void> {
    if (body.redriven === undefined) return;
    const keys = lanesIn(body).map(({ lane, stretch }) => redrivenKey(network, lane, stretch));
    await Promise.all(keys.map((key) => this.#options.journal.put(key, '')));
  }

  /** What of a lane is marked. Complete for who has read the head and settled its outputs, as of that head. */
  async redrivenOf(network: NetworkName, lane: Lane): Promise<Stretch[]> {
    const stretches: Stretch[] = [];
    for await (const { key } of this.#options.journal.list(redrivenPrefix(network, lane))) {
      stretches.push(redrivenStretch(key));
    }
    return stretches;
  }

  /**
   * The commit point: makes this head the network's, if it is still of the version before. True if it is, also where the
   * reply was lost. After an error it may still come to be.
   */
  async commit(head: Head): Promise<boolean> {
    const { state } = this.#options;
    let failure: unknown;
    try {
      if (await state.writeHead(head)) return true;
    } catch (error) {
      failure = error;
    }
    const stored = await state.readHead(head.network);
    if (stored !== undefined && tokenOf(stored, head.version) === head.bodies.at(-1)) return true;
    if (failure !== undefined) throw failure;
    return false;
  }
}
