import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { ASSETS_PATH, CONFIG_PATH, contentSecurityPolicy, siteFile, siteHeaders } from '../../core/api/site.ts';
import { OPEN_TO_ALL } from '../../core/api/site-config.ts';
import { pathOf, sendJson, type Site } from './front-server.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const SECURITY_HEADERS = {
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
} as const;

/** Who is on this machine need not sign in. */
const CONFIG = Buffer.from(JSON.stringify(OPEN_TO_ALL));

/** Static files, as CloudFront serves them: every path that is no file's is a page, and all pages are one file. */
export class StaticSite implements Site {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  answer(request: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
    return METHODS.has(request.method ?? '') ? this.#send(request, response) : undefined;
  }

  async #send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = siteFile(pathOf(request));
    const body = await this.#read(file);
    if (body === undefined) return sendJson(response, 404, { message: 'Not Found' });
    const { contentType, cacheControl } = siteHeaders(file);
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': contentType,
      'content-length': body.length,
      'cache-control': cacheControl,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #read(file: string): Promise<Buffer | undefined> {
    if (file === CONFIG_PATH) return CONFIG;
    // Assets are named in one way only, without any escapes.
    if (file.startsWith(ASSETS_PATH) && !/^[\w.-]+$/.test(file.slice(ASSETS_PATH.length))) return undefined;
    try {
      return await readFile(path.join(this.#folder, file));
    } catch {
      return undefined;
    }
  }
}
