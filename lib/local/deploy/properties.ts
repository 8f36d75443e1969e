import type { NamedResource } from './deployed-template.ts';
import { CannotDeploy } from './template.ts';

type PropertyOf = readonly [resource: NamedResource, property: string];

/** Refuses a resource with a property that the local run would have to obey and does not know. */
export function allowOnly(resource: NamedResource, known: readonly string[]): void {
  const unknown = Object.keys(resource.properties).filter((property) => !known.includes(property));
  if (unknown.length === 0) return;
  throw new CannotDeploy(`${resource.logicalId}: the local run does not emulate ${unknown.join(', ')}`);
}

export function textOf(...[resource, property]: PropertyOf): string {
  const value = optionalTextOf(resource, property);
  if (value !== undefined) return value;
  throw new CannotDeploy(`${resource.logicalId} has no ${property}`);
}

export function optionalTextOf(...[resource, property]: PropertyOf): string | undefined {
  const value = resource.properties[property];
  if (value === undefined || typeof value === 'string') return value;
  throw new CannotDeploy(`${resource.logicalId}: ${property} must be text (given ${JSON.stringify(value)})`);
}

export function integerOf(resource: NamedResource, property: string, otherwise: number): number {
  const value = Number(resource.properties[property] ?? otherwise);
  if (Number.isInteger(value)) return value;
  const given = JSON.stringify(resource.properties[property]);
  throw new CannotDeploy(`${resource.logicalId}: ${property} must be an integer (given ${given})`);
}

/** A property deep inside, by its path; undefined where something on the way is missing. */
export function deepOf(resource: NamedResource, path: readonly string[]): unknown {
  let value: unknown = resource.properties;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

/** The bucket at the end of a path that says where failures go. */
export function bucketAt(resource: NamedResource, path: readonly string[]): string | undefined {
  const arn = deepOf(resource, path);
  if (arn === undefined) return undefined;
  const [, bucket] = /^arn:aws:s3:::([^/]+)$/.exec(typeof arn === 'string' ? arn : '') ?? [];
  if (bucket !== undefined) return bucket;
  throw new CannotDeploy(
    `${resource.logicalId}: the local run sends failures to buckets only (given ${JSON.stringify(arn)})`,
  );
}
