import { decodeBody, encodeBody } from '../../core/cloud/body-codec.ts';
import type { CommitBody } from '../../core/cloud/commit-body.ts';
import { commitsAfter, newHead, tokenOf, type ListedCommit } from '../../core/cloud/commits.ts';
import type { Head } from '../../core/cloud/head.ts';
import { bodyKey } from '../../core/cloud/object-keys.ts';
import type { NetworkParameters } from '../../core/events/log-header.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { ObjectStore } from '../objects/object-store.ts';
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
