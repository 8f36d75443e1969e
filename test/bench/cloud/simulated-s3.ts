import type { Answer, HttpRequest } from './simulated-service.ts';

/** Buckets that keep what is put and give it back. */
export class SimulatedS3 {
  readonly objects = new Map<string, Uint8Array>();

  /** Of all objects under a prefix of bucket and key. */
  storedBytes(prefix: string): number {
    let bytes = 0;
    for (const [path, body] of this.objects) if (path.startsWith(`/${prefix}`)) bytes += body.length;
    return bytes;
  }

  answer({ method, path, body = '' }: HttpRequest): Answer {
    if (method === 'PUT') {
      this.objects.set(path, typeof body === 'string' ? Buffer.from(body) : body);
      return { operation: 'S3 put', headers: { etag: '"0"' } };
    }
    const object = this.objects.get(path);
    if (method !== 'GET') throw new Error(`${method} is not simulated`);
    if (object === undefined)
      return { operation: 'S3 get', statusCode: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
    return { operation: 'S3 get', body: object, headers: { etag: '"0"', 'content-length': String(object.length) } };
  }
}
