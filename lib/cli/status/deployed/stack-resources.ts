import { paginateListStackResources, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

/** The physical ids of what a stack consists of, by type and logical id. */
export class StackResources {
  readonly #resources: readonly StackResource[];

  constructor(resources: readonly StackResource[]) {
    this.#resources = resources;
  }

  static async of(stack: string, client: CloudFormationClient): Promise<StackResources> {
    const resources: StackResource[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
      for (const summary of page.StackResourceSummaries ?? []) {
        const { ResourceType: type = '', PhysicalResourceId: id = '' } = summary;
        if (id !== '') resources.push({ type, id });
      }
    }
    return new StackResources(resources);
  }

  ofType(type: `AWS::${string}`): string[] {
    return this.#resources.filter((resource) => resource.type === type).map(({ id }) => id);
  }
}

interface StackResource {
  readonly type: string;
  readonly id: string;
}
