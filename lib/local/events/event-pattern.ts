/** EventBridge: which events a rule takes. Each field lists what it may be; all fields must match. */
export interface EventPattern {
  readonly [field: string]: EventPattern | readonly Condition[];
}

type Condition = (value: unknown) => boolean;

type Operator = (argument: unknown) => Condition;

const OPERATORS = {
  prefix: onText((value, argument) => value.startsWith(argument)),
  suffix: onText((value, argument) => value.endsWith(argument)),
  wildcard: (argument) => {
    const literals = textArgument('wildcard', argument).split('*').map(escaped);
    const expression = new RegExp(`^${literals.join('.*')}$`, 's');
    return (value) => typeof value === 'string' && expression.test(value);
  },
  'equals-ignore-case': onText((value, argument) => value.toLowerCase() === argument.toLowerCase()),
  exists: (argument) => (value) => (value !== undefined) === argument,
} as const satisfies Readonly<Record<string, Operator>>;

/** Reads a rule's `EventPattern`. @throws for an operator that the local run does not know */
export function eventPattern(source: unknown): EventPattern {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) {
    throw new Error(`an event pattern must be an object (given ${JSON.stringify(source)})`);
  }
  const fields = Object.entries(source).map(([field, value]) => {
    if (field.startsWith('$')) throw new Error(`the local run does not know ${field} in event patterns`);
    return [field, Array.isArray(value) ? value.map(condition) : eventPattern(value)] as const;
  });
  return Object.fromEntries(fields);
}

export function matches(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, allowed]) => {
    const value = isObject(event) ? event[field] : undefined;
    return isList(allowed) ? allowed.some((accepts) => accepts(value)) : matches(allowed, value);
  });
}

function condition(source: unknown): Condition {
  if (!isObject(source)) return (value) => value === source;
  const [[operator, argument] = ['', undefined], ...others] = Object.entries(source);
  if (others.length > 0 || !Object.hasOwn(OPERATORS, operator)) {
    throw new Error(
      `the local run does not know ${JSON.stringify(source)} in event patterns (known: ${Object.keys(OPERATORS).join(', ')})`,
    );
  }
  return OPERATORS[operator as keyof typeof OPERATORS](argument);
}

function onText(test: (value: string, argument: string) => boolean): Operator {
  return (argument) => {
    const expected = textArgument('an operator', argument);
    return (value) => typeof value === 'string' && test(value, expected);
  };
}

function textArgument(operator: string, argument: unknown): string {
  if (typeof argument === 'string') return argument;
  throw new Error(`${operator} in an event pattern needs text (given ${JSON.stringify(argument)})`);
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isList(value: EventPattern | readonly Condition[]): value is readonly Condition[] {
  return Array.isArray(value);
}
