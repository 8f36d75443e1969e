import { PSEUDO_PARAMETERS } from './account.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { physicalNames } from './physical-names.ts';
import { isResourceTypeName, RESOURCE_TYPES, type ResourceType, type ResourceTypeName } from './resource-types.ts';
import { CannotDeploy, type Template } from './template.ts';

export interface NamedResource {
  readonly logicalId: string;
  readonly name: string;
  /** All references resolved. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A template of which every resource has a name, and every type is known. */
export class DeployedTemplate implements Scope {
  readonly #template: Template;
  readonly #names: ReadonlyMap<string, string>;

  /** @throws CannotDeploy where the template has something that the local run does not know */
  constructor(template: Template, prefix: string) {
    this.#template = template;
    for (const [logicalId, { Type: type, Condition: condition }] of Object.entries(template.Resources)) {
      if (!isResourceTypeName(type)) {
        throw new CannotDeploy(
          `the template's ${logicalId} is of type ${type}, which the local run does not know; say what to do with it in resource-types.ts`,
        );
      }
      if (condition !== undefined)
        throw new CannotDeploy(`${logicalId}: the local run knows no conditions (${condition})`);
    }
    this.#names = this.#nameResources(prefix);
  }

  ref(logicalId: string): unknown {
    if (Object.hasOwn(PSEUDO_PARAMETERS, logicalId)) return PSEUDO_PARAMETERS[logicalId];
    const type = this.#typeOf(logicalId);
    if (type === undefined) return this.#parameter(logicalId);
    const { TopicArn: topicArn } = type.attributes as Readonly<Record<string, (name: string) => string>>;
    return topicArn ? topicArn(this.#nameOf(logicalId)) : this.#nameOf(logicalId);
  }

  attribute(logicalId: string, attribute: string): unknown {
    const attributes: ResourceType['attributes'] = this.#typeOf(logicalId)?.attributes ?? {};
    const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (value) return value(this.#nameOf(logicalId));
    throw new CannotDeploy(`the local run does not know the attribute ${attribute} of ${logicalId}`);
  }

  resourcesOf(type: ResourceTypeName): NamedResource[] {
    return Object.entries(this.#template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, { Properties: properties = {} }]) => ({
        logicalId,
        name: this.#nameOf(logicalId),
        properties: resolvedIn(logicalId, () => resolve(properties, this)) as NamedResource['properties'],
      }));
  }

  /** What the stack tells about itself, by the names of its outputs. */
  outputs(): Readonly<Record<string, string>> {
    const outputs = Object.entries(this.#template.Outputs ?? {});
    return Object.fromEntries(
      outputs.map(([name, { Value: value }]) => [name, String(resolvedIn(name, () => resolve(value, this)))]),
    );
  }

  /** Names that the template gives count; the others are derived from the logical ids. */
  #nameResources(prefix: string): ReadonlyMap<string, string> {
    const given = new Map<string, string>();
    for (const [logicalId, { Properties: properties = {} }] of Object.entries(this.#template.Resources)) {
      const type = this.#typeOf(logicalId);
      const name = type?.emulated && type.nameProperty !== '' ? properties[type.nameProperty] : undefined;
      if (typeof name === 'string') given.set(logicalId, name);
    }
    const unnamed = Object.keys(this.#template.Resources).filter((logicalId) => !given.has(logicalId));
    // What a person meets first, so that it gets the short names.
    const derived = unnamed.toSorted((a, b) => Number(this.#isEmulated(b)) - Number(this.#isEmulated(a)));
    return new Map([...given, ...physicalNames(derived, prefix)]);
  }

  #isEmulated(logicalId: string): boolean {
    return this.#typeOf(logicalId)?.emulated ?? false;
  }

  #typeOf(logicalId: string): ResourceType | undefined {
    const type = this.#template.Resources[logicalId]?.Type;
    return type !== undefined && isResourceTypeName(type) ? RESOURCE_TYPES[type] : undefined;
  }

  #nameOf(logicalId: string): string {
    const name = this.#names.get(logicalId);
    if (name !== undefined) return name;
    throw new CannotDeploy(`the template refers to ${logicalId}, which it does not have`);
  }

  #parameter(name: string): unknown {
    const value = this.#template.Parameters?.[name]?.Default;
    if (value !== undefined) return value;
    throw new CannotDeploy(`the template refers to ${name}, which is no resource and no parameter with a default`);
  }
}

function resolvedIn(logicalId: string, evaluate: () => unknown): unknown {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof CannotDeploy) throw new CannotDeploy(`${logicalId}: ${error.message}`);
    throw error;
  }
}
