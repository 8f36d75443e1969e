import type { StoredObject } from '../services/simulated-s3.ts';
import type { Actor, Offer } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Draws } from './draws.ts';
import type { Faults } from './faults.ts';
import type { Lambda } from './lambda.ts';

export interface AnnouncementsOptions {
  readonly lambda: Lambda;
  readonly draws: Draws;
  readonly clock: Clock;
  readonly faults: Faults;
}

interface Announcement {
  readonly functionName: string;
  readonly event: object;
  readonly notBefore: number;
}

const PAUSE_AFTER_FAILURE_MS = 60_000;
const FIRST_SEQUENCER = 0x0062e99a88dc407460n;

/**
 * Uploads as EventBridge tells the functions of them: at least once, in any order, again after a failure. (After the last
 * failure an event goes to the failure destination, from where the operator sends it again: so here it always comes again.)
 */
export class Announcements implements Actor {
  readonly #options: AnnouncementsOptions;
  #waiting: Announcement[] = [];
  /** Sequencers order the events of one key; those of different keys can be the same. */
  readonly #sequencers = new Map<string, bigint>();

  constructor(options: AnnouncementsOptions) {
    this.#options = options;
  }

  /** Gives the sequencer. */
  announce(functionName: string, bucket: string, object: StoredObject): string {
    const { clock, faults } = this.#options;
    const next = (this.#sequencers.get(object.key) ?? FIRST_SEQUENCER) + 1n;
    this.#sequencers.set(object.key, next);
    const sequencer = next.toString(16).toUpperCase().padStart(18, '0');
    const event = uploadEvent({ bucket, object, sequencer, now: clock.now });
    this.#waiting.push({ functionName, event, notBefore: 0 });
    if (faults.strikes('announcedAgain')) this.#waiting.push({ functionName, event, notBefore: 0 });
    return sequencer;
  }

  offers(isCalm: boolean): Offer[] {
    const { clock } = this.#options;
    const due = this.#waiting.filter(({ notBefore }) => isCalm || notBefore <= clock.now);
    return due.map((announcement) => ({ weight: 0.3, run: () => this.#deliver(announcement) }));
  }

  #deliver(announcement: Announcement): void {
    const { clock, lambda, faults } = this.#options;
    this.#waiting.splice(this.#waiting.indexOf(announcement), 1);
    clock.advanceTo(announcement.notBefore);
    const again = (): void => {
      this.#waiting.push({ ...announcement, notBefore: clock.now + PAUSE_AFTER_FAILURE_MS });
    };
    if (faults.strikes('announcedAgain')) this.#waiting.push(announcement);
    lambda.invoke(announcement.functionName, announcement.event, (outcome) => {
      if (outcome.type !== 'returned' || outcome.value === 'unfinished') again();
    });
  }
}

interface Upload {
  readonly bucket: string;
  readonly object: StoredObject;
  readonly sequencer: string;
  readonly now: number;
}

function uploadEvent({ bucket, object: { key, body, etag }, sequencer, now }: Upload): object {
  return {
    version: '0',
    id: sequencer,
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: `${new Date(now).toISOString().slice(0, 19)}Z`,
    region: 'eu-west-1',
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: { key, size: body.length, etag: etag.replaceAll('"', ''), sequencer },
      'request-id': sequencer,
      requester: '000000000000',
      reason: 'PutObject',
    },
  };
}
