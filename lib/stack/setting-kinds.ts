/** How one setting is read. */
export interface Setting<Value> {
  readonly fallback: Value;
  /** What is allowed, as it goes on after "must be". */
  readonly allowed: string;
  readonly accepts: (given: unknown) => boolean;
}

export function integer(fallback: number, least: number, most: number): Setting<number> {
  return {
    fallback,
    allowed: `an integer from ${least} to ${most}`,
    accepts: (given) => Number.isInteger(given) && Number(given) >= least && Number(given) <= most,
  };
}

export function oneOf<const Value extends string | number>(fallback: Value, choices: readonly Value[]): Setting<Value> {
  return {
    fallback,
    allowed: `one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`,
    accepts: (given) => choices.some((choice) => choice === given),
  };
}

export function text(pattern: RegExp, allowed: string): Setting<string | undefined> {
  return { fallback: undefined, allowed, accepts: (given) => typeof given === 'string' && pattern.test(given) };
}

export function optional<Value>(setting: Setting<Value>): Setting<Value | undefined> {
  return { ...setting, fallback: undefined };
}
