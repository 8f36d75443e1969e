import { localClients } from './clients.ts';
import { Closers } from './closers.ts';
import { define } from './deploy/define.ts';
import { deploy } from './deploy/deploy.ts';
import { checkFormat } from './folder-format.ts';
import { lockFolder } from './folder-lock.ts';
import type { DescribedStack } from './local-run.ts';
import { resourcesOf } from './resources.ts';
import type { Resources } from './run-file.ts';
import { RunFolder } from './run-folder.ts';
import { startServices } from './services/start-services.ts';

export interface PreparedFolder {
  readonly resources: Resources;
  /** Sentences on what the template now says otherwise and stays as it was. */
  readonly unchanged: readonly string[];
}

/**
 * Creates in a data folder what a local run on it would create, and leaves nothing running; what is there stays.
 * @throws FolderInUse, OtherFormat, ServiceNotStarted, CannotDeploy
 */
export async function prepareFolder(data: string, stack: () => Promise<DescribedStack>): Promise<PreparedFolder> {
  const closers = new Closers();
  try {
    closers.add(await lockFolder(data));
    await checkFormat(data);
    const { template, assets } = await stack();
    const definitions = define(template, assets);
    const folder = new RunFolder(data);
    const services = await startServices({ folder: folder.services });
    closers.add(() => services.stop());
    const clients = localClients(services.endpoints);
    closers.add(async () => Object.values(clients).forEach((client) => client.destroy()));
    const unchanged = await deploy({ definitions, clients, record: folder.deployed });
    return { resources: resourcesOf(definitions.outputs), unchanged };
  } finally {
    await closers.closeAll();
  }
}
