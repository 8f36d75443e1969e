import { CannotDeploy } from './template.ts';

/** What a template can refer to: its own resources and parameters, and what AWS knows of the account. */
export interface Scope {
  /** The value of `Ref`. */
  ref(logicalId: string): unknown;
  /** The value of `Fn::GetAtt`. */
  attribute(logicalId: string, attribute: string): unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS = {
  Ref: (argument, scope) => scope.ref(text(argument, 'Ref')),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument);
    return scope.attribute(text(logicalId, 'Fn::GetAtt'), attribute.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument);
    return list(resolve(parts, scope))
      .map((part) => text(part, 'Fn::Join'))
      .join(text(separator, 'Fn::Join'));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = list(argument);
    return text(resolve(whole, scope), 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::Select': (argument, scope) => {
    const [index, choices] = list(argument);
    const chosen = list(resolve(choices, scope))[Number(index)];
    if (chosen === undefined) throw new CannotDeploy(`Fn::Select has no element ${String(index)}`);
    return chosen;
  },
  'Fn::Sub': (argument, scope) => {
    const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : list(argument);
    const named = resolve(variables, scope) as Readonly<Record<string, unknown>>;
    return text(pattern, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) =>
      literal ? `\${${name}}` : text(named[name] ?? substituted(name.trim(), scope), 'Fn::Sub'),
    );
  },
} as const satisfies Readonly<Record<string, Intrinsic>>;

/** The value with all its references replaced by what they stand for. Keys whose value is AWS::NoValue are left out. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((element) => resolve(element, scope)).filter((it) => it !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && isIntrinsic(first[0])) return evaluate(first[0], first[1], scope);
  const resolved = entries.map(([key, element]) => [key, resolve(element, scope)] as const);
  return Object.fromEntries(resolved.filter(([, element]) => element !== undefined));
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function evaluate(name: string, argument: unknown, scope: Scope): unknown {
  const intrinsic = Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name as keyof typeof INTRINSICS] : undefined;
  if (intrinsic) return intrinsic(argument, scope);
  throw new CannotDeploy(`the local run does not know ${name} (known: ${Object.keys(INTRINSICS).join(', ')})`);
}

function substituted(name: string, scope: Scope): unknown {
  const [logicalId = '', ...attribute] = name.split('.');
  return attribute.length === 0 ? scope.ref(logicalId) : scope.attribute(logicalId, attribute.join('.'));
}

function text(value: unknown, intrinsic: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new CannotDeploy(`${intrinsic} needs text (given ${JSON.stringify(value)})`);
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new CannotDeploy(`a list was expected (given ${JSON.stringify(value)})`);
}
