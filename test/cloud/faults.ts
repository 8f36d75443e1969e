/**
 * How a call fails: before it has done anything; after all is done, as when the reply is lost; or by saying that a condition
 * did not hold after it did, as when the client repeats a request whose reply was lost.
 */
export type Fault = 'before' | 'after' | 'denied';

/** Whether the call that comes now fails, perhaps after something else has happened. Its name is of the form `state.writeHead`. */
export type FaultPlan = (call: string) => Fault | undefined | Promise<undefined>;

export const NO_FAULTS: FaultPlan = () => undefined;

/** The n-th call fails, counted from 1. */
export function faultAt(n: number, fault: Fault): FaultPlan & { readonly hasCome: () => boolean } {
  let calls = 0;
  return Object.assign(() => (++calls === n ? fault : undefined), { hasCome: () => calls >= n });
}

/** The first call of a name fails. */
export function faultOnce(name: string, fault: Fault): FaultPlan {
  let isLeft = true;
  return (call) => {
    if (call !== name || !isLeft) return undefined;
    isLeft = false;
    return fault;
  };
}

/** Every call of a name fails. */
export function faultAlways(name: string, fault: Fault): FaultPlan {
  return (call) => (call === name ? fault : undefined);
}

/** Before the first call of a name something else happens. */
export function before(name: string, action: () => Promise<unknown>): FaultPlan {
  const isDue = faultOnce(name, 'before');
  return async (call) => {
    if (isDue(call)) await action();
    return undefined;
  };
}

/** Counts the calls by their names. */
export function counting(): FaultPlan & { readonly calls: Readonly<Record<string, number>> } {
  const calls: Record<string, number> = {};
  const count: FaultPlan = (call) => {
    calls[call] = (calls[call] ?? 0) + 1;
    return undefined;
  };
  return Object.assign(count, { calls });
}

type Method = (...given: unknown[]) => unknown;

/** The same store, whose calls fail as planned. */
export function faulty<Store extends object>(name: string, store: Store, plan: FaultPlan): Store {
  return new Proxy(store, {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      const call = `${name}.${String(property)}`;
      const method: Method = (...given) => (member as Method).apply(target, given);
      return property === 'list' ? listing(call, method, plan) : failing(call, method, plan);
    },
  });
}

function failing(call: string, method: Method, plan: FaultPlan): Method {
  return async (...given) => {
    const fault = await plan(call);
    if (fault === 'before') throw new Error(`${call} failed`);
    const result = await method(...given);
    if (fault === 'after') throw new Error(`the reply of ${call} is lost`);
    return fault === 'denied' ? false : result;
  };
}

function listing(call: string, method: Method, plan: FaultPlan): Method {
  return async function* (...given) {
    if ((await plan(call)) !== undefined) throw new Error(`${call} failed`);
    yield* method(...given) as AsyncIterable<unknown>;
  };
}
