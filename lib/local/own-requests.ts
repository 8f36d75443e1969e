import type { IncomingMessage } from 'node:http';

const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/**
 * Whether a request comes from a program that means us: not from a web page in a browser on this machine, whose requests
 * carry their origin, nor under a name of somebody else's that leads here.
 */
export function isOwn({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.origin === undefined && headers['sec-fetch-site'] === undefined && OWN_HOST.test(headers.host ?? '');
}

/** Whether it comes from this machine, also from a page that was served here: not from somebody else's page. */
export function isFromHere({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const { host = '', origin } = headers;
  return OWN_HOST.test(host) && (origin === undefined || OWN_HOST.test(origin.replace(/^https?:\/\//, '')));
}
