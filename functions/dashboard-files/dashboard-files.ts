import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { siteHeaders, type SiteHeaders } from '../../lib/core/api/site.ts';

export interface SiteFile {
  /** Such as `/assets/index-1a.js`. */
  readonly path: string;
  readonly body: Uint8Array;
}

export interface DashboardFilesOptions {
  readonly files: readonly SiteFile[];
  readonly put: (file: SiteFile, headers: SiteHeaders) => Promise<void>;
}

const PUBLISHES: ReadonlySet<string> = new Set(['Create', 'Update']);

/**
 * Puts the dashboard's files where CloudFront finds them, the page itself last: it names the others. Files of earlier
 * deployments stay, as open pages may still ask for them.
 */
export async function publish(
  event: CloudFormationCustomResourceEvent,
  { files, put }: DashboardFilesOptions,
): Promise<CloudFormationCustomResourceResponse> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const answer = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: LogicalResourceId };
  try {
    if (PUBLISHES.has(event.RequestType)) await putAll(files, put);
    return { ...answer, Status: 'SUCCESS' };
  } catch (error) {
    return { ...answer, Status: 'FAILED', Reason: `the files of the dashboard could not be put: ${String(error)}` };
  }
}

async function putAll(files: readonly SiteFile[], put: DashboardFilesOptions['put']): Promise<void> {
  const assets = files.filter(({ path }) => path.startsWith('/assets/'));
  const pages = files.filter(({ path }) => !path.startsWith('/assets/'));
  for (const lot of [assets, pages]) {
    await Promise.all(lot.map((file) => put(file, siteHeaders(file.path))));
  }
}
