import { EventClock } from './event-clock.ts';
import { Friendships, type Pair } from './friendships.ts';
import { Population } from './population.ts';
import { Random } from './random.ts';
import type { EventMix, Workload } from './workload.ts';

const HUB = 0;

/** A network that lives: its events, one line each, in order. */
export class SimulatedNetwork {
  readonly #workload: Workload;
  readonly #random: Random;
  readonly #clock: EventClock;
  readonly #population: Population;
  readonly #friendships: Friendships;
  #hubFriends = 0;

  constructor(workload: Workload) {
    this.#workload = workload;
    this.#random = new Random(workload.seed);
    this.#clock = new EventClock(this.#random, workload.lateShare);
    this.#population = new Population(workload, this.#random);
    this.#friendships = new Friendships(this.#random);
  }

  nextLine(mix: EventMix): string {
    if (this.#random.chance(mix.purchaseShare)) return this.#purchase(mix.anomalousShare);
    const ended = this.#random.chance(mix.befriendShare) ? undefined : this.#friendships.removeAny();
    return ended === undefined ? this.#befriend() : this.#changeLine('unfriend', ended);
  }

  #purchase(anomalousShare: number): string {
    const buyer = this.#random.chance(this.#workload.hub?.purchaseShare ?? 0) ? HUB : this.#population.anyone();
    const anomalous = this.#random.chance(anomalousShare);
    const cents = anomalous ? this.#population.anomalousCents(buyer) : this.#population.ordinaryCents(buyer);
    return `{"event_type":"purchase", "timestamp":"${this.#clock.next()}", "id": "${buyer + 1}", "amount": "${decimal(cents)}"}\n`;
  }

  #befriend(): string {
    if (this.#hubFriends < (this.#workload.hub?.friends ?? 0)) {
      return this.#changeLine('befriend', [HUB, ++this.#hubFriends]);
    }
    const user = this.#population.anyone();
    const pair: Pair = [user, this.#population.acquaintanceOf(user)];
    this.#friendships.add(pair);
    return this.#changeLine('befriend', pair);
  }

  #changeLine(type: 'befriend' | 'unfriend', [first, second]: Pair): string {
    return `{"event_type":"${type}", "timestamp":"${this.#clock.next()}", "id1": "${first + 1}", "id2": "${second + 1}"}\n`;
  }
}

function decimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
