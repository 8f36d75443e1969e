import { createHash, timingSafeEqual } from 'node:crypto';
import { ORIGIN_HEADER } from '../core/api/origin-header.ts';
import type { Environment } from './environment.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** Whether a request has come through CloudFront, where the stack asks for that. */
export type OriginCheck = (headers: Headers | undefined | null) => boolean;

/**
 * What CloudFront sends is one of the secrets in `ORIGIN_SECRETS`: while they are changed, there are two. Without any, nobody is
 * asked. Once per cold start.
 */
export function originCheck(environment: Environment): OriginCheck {
  const secrets = (environment['ORIGIN_SECRETS'] ?? '').split(' ');
  const digests = secrets.filter((secret) => secret !== '').map(digestOf);
  if (digests.length === 0) return () => true;
  return (headers) => {
    const digest = digestOf(tellingOf(headers ?? {}));
    // Each is compared, and in full: how long it takes tells nothing of how much was right.
    return digests.map((known) => timingSafeEqual(known, digest)).includes(true);
  };
}

/** WebSocket APIs pass headers on under the names that they came with, HTTP APIs in small letters. */
function tellingOf(headers: Headers): string {
  const [, telling = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === ORIGIN_HEADER) ?? [];
  return telling;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
