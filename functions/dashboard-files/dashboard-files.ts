import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { ASSETS_PATH, CONFIG_PATH, siteHeaders, type SiteHeaders } from '../../lib/core/api/site.ts';
import { readSiteConfig, type SiteConfig } from '../../lib/core/api/site-config.ts';

export interface SiteFile {
  /** Such as `/assets/index-1a.js`. */
  readonly path: string;
  readonly body: Uint8Array;
}

export interface DashboardFilesOptions {
  readonly readFiles: () => Promise<readonly SiteFile[]>;
  readonly put: (file: SiteFile, headers: SiteHeaders) => Promise<void>;
}

const PUBLISHES: ReadonlySet<string> = new Set(['Create', 'Update']);

/**
 * Puts the dashboard's files where CloudFront finds them: what says how to sign in before the page that asks for it, and the
 * page itself last, which names the others. Files of earlier deployments stay, as open pages may still ask for them.
 */
export async function publish(
  event: CloudFormationCustomResourceEvent,
  options: DashboardFilesOptions,
): Promise<CloudFormationCustomResourceResponse> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const answer = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: LogicalResourceId };
  try {
    if (PUBLISHES.has(event.RequestType)) await putAll(event, options);
    return { ...answer, Status: 'SUCCESS' };
  } catch (error) {
    return { ...answer, Status: 'FAILED', Reason: `the files of the dashboard could not be put: ${String(error)}` };
  }
}

async function putAll(
  { ResourceProperties }: CloudFormationCustomResourceEvent,
  { readFiles, put }: DashboardFilesOptions,
): Promise<void> {
  // Read before anything is put, so that no page is told what it does not understand.
  const config = configFile(readSiteConfig({ signIn: ResourceProperties['SignIn'] }));
  const files = await readFiles();
  const assets = files.filter(({ path }) => path.startsWith(ASSETS_PATH));
  const pages = files.filter(({ path }) => !path.startsWith(ASSETS_PATH));
  for (const lot of [[...assets, config], pages]) {
    await Promise.all(lot.map((file) => put(file, siteHeaders(file.path))));
  }
}

function configFile(config: SiteConfig): SiteFile {
  return { path: CONFIG_PATH, body: new TextEncoder().encode(JSON.stringify(config)) };
}
