/** What the dashboard's files are served with, deployed as locally. */

/** Files whose names change with their content are under this path; every other path is a page of the dashboard. */
export const ASSETS_PATH = '/assets/';

/** What the dashboard asks first: see `SiteConfig`. Never cached, as it changes with the stack and not with the files. */
export const CONFIG_PATH = '/config.json';

const PAGE = '/index.html';

/**
 * Nothing but what comes from where the page does, and what is asked for at these origins. `'self'` stands for wss: of the same
 * host, too (CSP 3, 6.7.2.8).
 */
export function contentSecurityPolicy(...askedToo: readonly string[]): string {
  return [
    "default-src 'self'",
    ["connect-src 'self'", ...askedToo].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json',
};

/** Which file answers a request for a path. */
export function siteFile(path: string): string {
  return path.startsWith(ASSETS_PATH) || path === CONFIG_PATH ? path : PAGE;
}

export interface SiteHeaders {
  readonly contentType: string;
  readonly cacheControl: string;
}

export function siteHeaders(file: string): SiteHeaders {
  const ending = file.slice(file.lastIndexOf('.') + 1);
  return {
    contentType: TYPES[ending] ?? 'application/octet-stream',
    cacheControl: cacheControlOf(file),
  };
}

function cacheControlOf(file: string): string {
  if (file === CONFIG_PATH) return 'no-store';
  return file.startsWith(ASSETS_PATH) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
