/** What of a CloudFormation template the local run reads. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

/** The template asks for something that the local run cannot do, and would do wrongly if it went on. */
export class CannotDeploy extends Error {
  override readonly name = 'CannotDeploy';
}
