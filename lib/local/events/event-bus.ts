import type { RuleDefinition } from '../deploy/definitions.ts';
import type { AcceptedEvent } from '../lambda/asynchronous/asynchronous-invocations.ts';
import type { BusEvent } from './bus-event.ts';
import { matches } from './event-pattern.ts';

export type AcceptEvent = (event: AcceptedEvent) => Promise<unknown>;

/** EventBridge's default bus: gives each event to the targets of the rules that it matches. */
export class EventBus {
  readonly #rules: readonly RuleDefinition[];
  readonly #accept: AcceptEvent;

  constructor(rules: readonly RuleDefinition[], accept: AcceptEvent) {
    this.#rules = rules.filter(({ enabled }) => enabled);
    this.#accept = accept;
  }

  /** Comes back when all targets have the event in safe hands. */
  async put(event: BusEvent): Promise<void> {
    for (const rule of this.#rules) {
      if (rule.trigger.kind === 'pattern' && matches(rule.trigger.pattern, event)) await this.deliver(rule, event);
    }
  }

  async deliver(rule: RuleDefinition, event: BusEvent): Promise<void> {
    for (const [place, { functionName, input }] of rule.targets.entries()) {
      const payload = input ?? JSON.stringify(event);
      // An event that is put again while it is still pending is not accepted twice.
      await this.#accept({ functionName, payload, id: `${event.id}.${rule.name}.${place}` });
    }
  }
}
