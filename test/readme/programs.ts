import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { COMMANDS, isCommandName, type CommandName } from '../../lib/cli/commands.ts';
import { PATHS } from '../../lib/core/api/paths.ts';
import { localClients } from '../../lib/local/clients.ts';
import { readBenchOptions } from '../bench/bench-options.ts';
import type { Invocation } from '../cli/shell-words.ts';
import { ROOT } from './readme-text.ts';
import { outcomeOf, type SharedRun } from './shared-run.ts';

interface Doing {
  readonly run: SharedRun;
  /** With what stands for names filled in. */
  readonly line: string;
  readonly args: readonly string[];
}

/** How a program that the README has the reader call is called by its tests. */
type Do = (doing: Doing) => Promise<void> | void;

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Commands that are only read, and why. */
const ONLY_READ: Partial<Record<CommandName, string>> = {
  start: 'it is what all others are run on',
  stop: 'it would end what all others are run on',
  dashboard: 'it is a server; test/cli/dashboard runs it',
};

/** What of the CDK's command line the README may use: it needs an account. */
const CDK: Readonly<Record<string, readonly string[]>> = {
  bootstrap: [],
  deploy: ['--context', '-c', '--require-approval', '--outputs-file'],
  destroy: ['--force'],
  diff: [],
  synth: ['--quiet'],
};

/** What of AWS's own command line the README may use without a stand-in: it needs an account. */
const AWS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'cognito-idp': {
    'admin-create-user': ['--user-pool-id', '--username', '--user-attributes'],
    'admin-set-user-password': ['--user-pool-id', '--username', '--password', '--permanent'],
    'admin-initiate-auth': ['--user-pool-id', '--client-id', '--auth-flow', '--auth-parameters', '--query', '--output'],
  },
  logs: { 'filter-log-events': ['--log-group-name', '--filter-pattern'] },
  s3api: { 'head-object': ['--bucket', '--key', '--query'] },
  sso: { login: ['--profile'] },
  wafv2: {
    'create-web-acl': [
      '--region',
      '--scope',
      '--name',
      '--default-action',
      '--visibility-config',
      '--rules',
      '--query',
    ],
  },
};

/** What needs something to be so first, such as transactions to have come through the stream. */
const PATIENCE: Partial<Record<CommandName, { readonly timeout: number; readonly interval: number }>> = {
  train: { timeout: 60_000, interval: 1_000 },
  // Every service has to answer within seconds, which a busy machine keeps it from.
  status: { timeout: 60_000, interval: 1_000 },
};

const PROGRAMS: Readonly<Record<string, Do>> = {
  'npx flagstone': runFlagstone,
  'npx cdk': ({ args: [command = '', ...options] }) => {
    expect(CDK).toHaveProperty(command);
    expectOptions(options, CDK[command] ?? []);
  },
  // npm ci, npm start and npm test are what .ci/run begins with.
  'npm ci': () => undefined,
  'npm start': () => expect(scripts).toHaveProperty('start'),
  'npm test': () => expect(scripts).toHaveProperty('test'),
  'npm run': ({ args: [script = '', ...more] }) => {
    expect(scripts).toHaveProperty([script]);
    if (script === 'bench') readBenchOptions(more.filter((word) => word !== '--'));
  },
  'aws s3': async ({ run, args: [operation, ...files] }) => {
    expect(['cp', 'ls']).toContain(operation);
    const [, Bucket, Key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(files.at(-1) ?? '') ?? [];
    const { s3 } = localClients(run.file.endpoints);
    if (operation === 'ls') await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
    else
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: readFileSync(path.join(run.folder, files[0] ?? '')) }));
    s3.destroy();
  },
  // The address is of a stack, and what it asks for need not be there: its route has to be.
  'curl -H': ({ args }) => {
    const { pathname } = new URL(args.at(-1)?.replace(/^[A-Z_]+/, 'https://stack.example') ?? '');
    const routes = Object.values(PATHS).map((route) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`));
    expect(routes.some((route) => route.test(pathname))).toBe(true);
  },
  ...Object.fromEntries(
    Object.entries(AWS).map(([service, operations]) => {
      const check: Do = ({ args: [operation = '', ...options] }) => {
        expect(operations).toHaveProperty(operation);
        expectOptions(options, operations[operation] ?? []);
      };
      return [`aws ${service}`, check];
    }),
  ),
};

/** @throws Error for a program that there is no way to run */
export async function runAsReader(
  run: SharedRun,
  line: string,
  [program, first = '', ...args]: Invocation,
): Promise<void> {
  const call = PROGRAMS[`${program} ${first}`];
  if (call === undefined) throw new Error(`nothing says how a test runs ${program} ${first}: add it to programs.ts`);
  await call({ run, line, args });
}

async function runFlagstone({ run, line, args: [name = '', ...args] }: Doing): Promise<void> {
  if (!isCommandName(name)) throw new Error(`there is no command ${name}`);
  (await COMMANDS[name].load()).read(args);
  if (ONLY_READ[name] !== undefined) return;
  const endless = isEndless(name, args);
  const attempt = async (): Promise<void> => {
    const { outcome, said } = await outcomeOf(run.shell(hurried(line)), endless);
    const isWell = outcome === 0 || (endless && outcome === 'SIGINT');
    if (!isWell) throw new Error(`it has ended with ${String(outcome)}: ${said}`);
  };
  const patience = PATIENCE[name];
  await (patience === undefined ? attempt() : vi.waitFor(attempt, patience));
}

/** On the shared run instead of a deployed stack, and as fast as it goes. */
function hurried(line: string): string {
  return line.replaceAll(/ --stack=\S+/g, '').replaceAll(/ --rate=\S+/g, ' --rate=5000');
}

function isEndless(name: CommandName, args: readonly string[]): boolean {
  const has = (option: string): boolean => args.some((argument) => argument.startsWith(option));
  return has('--follow') || (name === 'produce' && !has('--count') && !has('--out'));
}

function expectOptions(given: readonly string[], known: readonly string[]): void {
  const options = given.filter((word) => word.startsWith('-')).map((word) => word.split('=')[0] ?? '');
  expect(options.filter((option) => !known.includes(option))).toEqual([]);
}
