import type { Draws } from '../world/draws.ts';

const USUAL_AMOUNTS = ['10', '10.00', '10.5', '11', '0.000001'];
/** Each far above the one before: so that some stand out though others have before them. */
const LARGEST_POWER = 20;

const BAD_LINES = [
  '{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": "1", "amount": "-5.00", "n": @}',
  '{"event_type":"befriend", "timestamp":"2017-06-13 11:33:01", "id1": "1", "id2": "1", "n": @}',
  '{"event_type":"purchase", "timestamp":"2017-02-30 11:33:01", "id": "1", "amount": "5.00", "n": @}',
  '{"event_type":"sale", "n": @}',
  'nonsense @',
];

/** Makes lines of a log: a few users, who buy for much the same amounts at much the same time. No two lines are the same. */
export class EventLines {
  readonly #draws: Draws;
  readonly #users: number;
  readonly #badShare: number;
  readonly #changeShare: number;
  #seconds = 0;
  #made = 0;

  constructor(draws: Draws, users: number) {
    this.#draws = draws;
    this.#users = users;
    this.#badShare = draws.pick([0, 0.05, 0.2]);
    this.#changeShare = draws.pick([0.15, 0.3, 0.5]);
  }

  /** A line; of this network, if it has to say so. */
  line(network?: string): string {
    const draws = this.#draws;
    const number = ++this.#made;
    if (draws.chance(this.#badShare)) return this.#badLine(number);
    const named = network === undefined ? '' : `"network": "${network}", `;
    return draws.chance(this.#changeShare) ? this.#change(named, number) : this.#purchase(named, number);
  }

  lines(count: number): string[] {
    return Array.from({ length: count }, () => this.line());
  }

  #badLine(number: number): string {
    if (this.#draws.chance(0.2)) return ' ';
    return this.#draws.pick(BAD_LINES).replace('@', String(number));
  }

  #purchase(named: string, number: number): string {
    const amount = this.#amount();
    return `{${named}"event_type":"purchase", "timestamp":"${this.#timestamp()}", "id": "${this.#user()}", "amount": "${amount}", "n": ${number}}`;
  }

  #change(named: string, number: number): string {
    const [user, other] = [this.#user(), this.#user()];
    const type = user === other || this.#draws.chance(0.2) ? 'unfriend' : 'befriend';
    return `{${named}"event_type":"${type}", "timestamp":"${this.#timestamp()}", "id1": "${user}", "id2": "${other}", "n": ${number}}`;
  }

  #amount(): string {
    if (this.#draws.chance(0.7)) return this.#draws.pick(USUAL_AMOUNTS);
    return String(10 * 2 ** this.#draws.integer(1, LARGEST_POWER));
  }

  #user(): number {
    return this.#draws.integer(1, this.#users);
  }

  /** Mostly later than the last, sometimes the same, sometimes earlier. */
  #timestamp(): string {
    this.#seconds += this.#draws.pick([0, 0, 1, 2]);
    const late = this.#draws.chance(0.1) ? this.#draws.below(10) : 0;
    return new Date(Date.UTC(2017, 5, 13, 11, 0, this.#seconds - late)).toISOString().slice(0, 19).replace('T', ' ');
  }
}
