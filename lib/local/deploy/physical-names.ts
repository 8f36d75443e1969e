import { CannotDeploy } from './template.ts';

// What CDK appends to a logical id, and the kind of resource, which the name need not say again.
const HASH = /[0-9A-F]{8}$/;
const KIND = /-(?:bucket|table|stream|function|rule|queue|topic)$/;

/**
 * Names that a person can type, and that stay the same for as long as the logical ids do:
 * `InputBucket3F2A1B4C` is `flagstone-input`.
 */
export function physicalNames(logicalIds: readonly string[], prefix: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const logicalId of logicalIds) {
    const short = shortName(logicalId, prefix);
    const name = owners.has(short) ? `${prefix}-${kebab(logicalId)}` : short;
    const owner = owners.get(name);
    if (owner !== undefined) {
      throw new CannotDeploy(`the resources ${owner} and ${logicalId} would both be named ${name}`);
    }
    owners.set(name, logicalId);
    names.set(logicalId, name);
  }
  return names;
}

function shortName(logicalId: string, prefix: string): string {
  const words = kebab(logicalId.replace(HASH, ''));
  return `${prefix}-${words.replace(KIND, '')}`;
}

function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
