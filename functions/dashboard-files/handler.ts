import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import middy from '@middy/core';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { variablesOf } from '../../lib/adapters/environment.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { publish, type DashboardFilesOptions, type SiteFile } from './dashboard-files.ts';

// Once per cold start. The files are beside this one.
const logger = openLog();
const client = new S3Client({});
const bucket = variablesOf(process.env).text('SITE_BUCKET');
const SITE = path.join(import.meta.dirname, 'site');

const put: DashboardFilesOptions['put'] = async ({ path: key, body }, { contentType, cacheControl }) => {
  const Key = key.slice(1);
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key, Body: body, ContentType: contentType, CacheControl: cacheControl }),
  );
};

// Called by CloudFormation when the stack is deployed; it waits for what is put at the event's address.
export const handler = middy<CloudFormationCustomResourceEvent, void>()
  .use(logging(logger))
  .handler(async (event) => {
    const answer = await publish(event, { readFiles, put });
    logger.info('published', { status: answer.Status });
    await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
  });

async function readFiles(): Promise<SiteFile[]> {
  const entries = await readdir(SITE, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return { path: `/${path.relative(SITE, file)}`, body: await readFile(file) };
      }),
  );
}
