import { rm } from 'node:fs/promises';
import { localClients } from './clients.ts';
import { Closers } from './closers.ts';
import { startControlServer } from './control-server.ts';
import type { AssetFolders } from './deploy/assets.ts';
import { define } from './deploy/define.ts';
import type { Definitions } from './deploy/definitions.ts';
import { deploy } from './deploy/deploy.ts';
import type { Template } from './deploy/template.ts';
import { writeDurably } from './durable-file.ts';
import { checkFormat } from './folder-format.ts';
import { lockFolder } from './folder-lock.ts';
import { Functions } from './functions.ts';
import { startFrontServer } from './gateway/front-server.ts';
import { Gateway } from './gateway/gateway.ts';
import { StaticSite } from './gateway/static-site.ts';
import { defaultsOf } from './network-defaults.ts';
import { identityOf } from './process-identity.ts';
import { resourcesOf } from './resources.ts';
import type { Tell } from './run-events.ts';
import { runFilePath, type RunFile } from './run-file.ts';
import { RunFolder } from './run-folder.ts';
import { statusOf } from './run-status.ts';
import { startServices, type ServicePorts } from './services/start-services.ts';
import { Triggers } from './triggers.ts';

export interface LocalRunOptions {
  readonly data: string;
  readonly ports: RunPorts;
  /** Called once the folder is this run's own. */
  readonly stack: () => Promise<DescribedStack>;
  /** The folder of the dashboard as it is built. */
  readonly site: string;
  readonly tell: Tell;
  /** Called when another program wishes the run to end. */
  readonly onStopWished: () => void;
}

/** 0: any free port. */
export interface RunPorts extends ServicePorts {
  /** Of the APIs. */
  readonly front: number;
  readonly lambda: number;
}

export interface DescribedStack {
  readonly template: Template;
  readonly assets: AssetFolders;
}

export interface LocalRun {
  readonly file: RunFile;
  readonly definitions: Definitions;
  /** Sentences on what the template now says otherwise and stays as it was. */
  readonly unchanged: readonly string[];
  /** Lets work in hand end, for a while, and closes everything. What is cut short is done again after the next start. */
  stop(): Promise<void>;
}

const LONGEST_FINISH_MS = 20_000;

/**
 * Runs a stack on this machine: what it stores in local stand-ins, its functions in sandboxes.
 * @throws FolderInUse, OtherFormat, ServiceNotStarted, StoreNotOpened, CannotDeploy
 */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const closers = new Closers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(
  { data, ports, stack, site, tell, onStopWished }: LocalRunOptions,
  closers: Closers,
): Promise<LocalRun> {
  const folder = new RunFolder(data);
  closers.add(await lockFolder(data));
  await checkFormat(data);
  const { template, assets } = await stack();
  const definitions = define(template, assets);
  const resources = resourcesOf(definitions.outputs);

  const onFault = (error: unknown): void =>
    tell({ kind: 'trouble', message: `a stand-in has failed: ${String(error)}` });
  const services = await startServices({ folder: folder.services, ports, onFault });
  closers.add(() => services.stop());
  const clients = localClients(services.endpoints);
  closers.add(async () => Object.values(clients).forEach((client) => client.destroy()));
  const unchanged = await deploy({ definitions, clients, record: folder.deployed });

  const control = await startControlServer({
    port: ports.lambda,
    targets: {
      find: (name) => {
        const lambda = functions.byName.get(name);
        return lambda && ((invocation) => lambda.invoke(invocation));
      },
      accept: (event) => triggers.invocations.accept(event),
    },
    status: () => statusOf({ data, endpoints, resources, clients, functions, triggers, gateway }),
    stop: onStopWished,
  });
  closers.add(() => control.close());
  const gateway = new Gateway({ definitions, findFunctions: () => functions, folder });
  const tellCutOff = await gateway.findCutOff();
  const front = await startFrontServer({ port: ports.front, sites: [...gateway.sites, new StaticSite(site)], onFault });
  closers.add(() => front.close());
  const own = { ...services.endpoints, lambda: control.endpoint };
  const endpoints = { ...gateway.endpoints(front.endpoint), ...own };

  const functions = await Functions.open({
    definitions: definitions.functions,
    endpoints: { ...own, front: front.endpoint },
    folder,
    tell,
  });
  closers.add(() => functions.end());
  closers.add(() => withinTime(gateway.end()));
  tellCutOff();
  const triggers = new Triggers({ definitions, functions, clients, folder, tell });
  closers.add(() => withinTime(triggers.stop()));
  await triggers.start();
  services.onObjectCreated((event) => triggers.objectCreated(event));

  const defaults = defaultsOf(definitions.outputs);
  const file: RunFile = { ...identityOf(process.pid), endpoints, resources, ...(defaults && { defaults }) };
  await writeDurably(runFilePath(folder.path), JSON.stringify(file, undefined, 2));
  closers.add(() => rm(runFilePath(folder.path), { force: true }));
  return { file, definitions, unchanged, stop: () => closers.closeAll() };
}

async function withinTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise((resolve) => {
    timer = setTimeout(resolve, LONGEST_FINISH_MS);
  });
  await Promise.race([work, timeUp]);
  clearTimeout(timer);
}
