import type { HttpDefinition } from '../deploy/definitions.ts';

export interface MatchedRoute {
  /** As in the template. */
  readonly key: string;
  readonly functionName: string;
  /** What stands in the path for the names in braces, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly key: string;
  readonly functionName: string;
  readonly method: string;
  readonly parts: readonly string[];
}

const DEFAULT = '$default';
const VARIABLE = /^\{(\w+)\}$/;

/** Finds the route of a request as API Gateway does: a fixed path goes before one with variables, and `$default` takes the rest. */
export class HttpRoutes {
  /** What the paths begin with: beside these, the address has other things. */
  readonly beginnings: ReadonlySet<string>;
  readonly #routes: readonly CompiledRoute[];
  readonly #default: string | undefined;

  constructor({ routes }: Pick<HttpDefinition, 'routes'>) {
    this.#default = routes[DEFAULT];
    const compiled = Object.entries(routes).flatMap(([key, functionName]) => compile(key, functionName));
    this.#routes = compiled.toSorted((one, other) => variablesIn(one) - variablesIn(other));
    this.beginnings = new Set(this.#routes.map(({ parts }) => parts[0] ?? ''));
  }

  /** Undefined where the API has no route for it. @throws URIError for a path that cannot be decoded */
  find(method: string, path: string): MatchedRoute | undefined {
    const parts = partsOf(path).map(decodeURIComponent);
    for (const { key, functionName, ...route } of this.#routes) {
      if (route.method !== 'ANY' && route.method !== method) continue;
      const parameters = match(route.parts, parts);
      if (parameters !== undefined) return { key, functionName, parameters };
    }
    return this.#default === undefined ? undefined : { key: DEFAULT, functionName: this.#default, parameters: {} };
  }
}

export function partsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function compile(key: string, functionName: string): CompiledRoute[] {
  const [method = '', path] = key.split(' ');
  return path === undefined ? [] : [{ key, functionName, method, parts: partsOf(path) }];
}

function variablesIn({ parts }: CompiledRoute): number {
  return parts.filter((part) => VARIABLE.test(part)).length;
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    const [, name] = VARIABLE.exec(expected) ?? [];
    if (name === undefined ? part !== expected : part === '') return undefined;
    if (name !== undefined) parameters[name] = part;
  }
  return parameters;
}
