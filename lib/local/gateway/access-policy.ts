/** A policy as an authorizer answers it. */
export interface PolicyDocument {
  readonly Statement: OneOrMore<Statement>;
}

interface Statement {
  readonly Effect: string;
  readonly Action: OneOrMore<string>;
  readonly Resource: OneOrMore<string>;
}

type OneOrMore<Value> = Value | readonly Value[];

/** Whether something is allowed: by one statement at least, and denied by none. */
export function allows(
  { Statement: statements }: PolicyDocument,
  { action, resource }: { readonly action: string; readonly resource: string },
): boolean {
  const those = [statements]
    .flat()
    .filter(({ Action, Resource }) => isNamed(action, Action, 'i') && isNamed(resource, Resource, ''));
  const effects = new Set(those.map(({ Effect }) => Effect));
  return effects.has('Allow') && !effects.has('Deny');
}

/** A star stands for any characters, a question mark for one; in actions, case counts for nothing. */
function isNamed(name: string, patterns: OneOrMore<string>, flags: 'i' | ''): boolean {
  return [patterns].flat().some((pattern) => {
    const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
    return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags).test(name);
  });
}
