import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Error } from './s3-error.ts';
import { xmlError, type XmlNode } from './xml.ts';

export interface S3Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  /** A text is XML, or a stream of bytes whose length the headers tell. */
  readonly body?: string | Readable;
}

export function xmlReply(body: string): S3Reply {
  return { status: 200, body };
}

export async function send(reply: S3Reply, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.statusCode = reply.status;
  if (typeof reply.body === 'object') return pipeline(reply.body, response);
  if (reply.body !== undefined) {
    response.setHeader('content-type', 'application/xml');
    response.setHeader('content-length', Buffer.byteLength(reply.body));
  }
  response.end(response.req.method === 'HEAD' ? undefined : reply.body);
}

/** What went wrong, as S3 tells it. */
export function errorReply(error: S3Error, context: Readonly<Record<string, string>>): S3Reply {
  const details = Object.entries({ ...error.details, ...context });
  const nodes: XmlNode[] = [['Code', error.code], ['Message', error.message], ...details];
  return { status: error.status, body: xmlError(nodes) };
}
