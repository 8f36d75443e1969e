import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';

/** As the AWS SDK has them. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of credentials that end. */
  readonly sessionToken?: string | undefined;
}

export interface SigningOptions {
  /** The region of the API, such as `eu-west-1`. */
  readonly region: string;
  /** Asked for each connection: credentials may end meanwhile. */
  readonly credentials: () => Promise<AwsCredentials>;
  readonly now?: () => Date;
}

/** Gives an address with which its holder may connect. */
export type SignUrl = (url: string) => Promise<string>;

/** So far a clock may be behind, in seconds: the address is used at once. */
const GOOD_FOR = 300;

/**
 * Signs the addresses of WebSockets for API Gateway, with Signature Version 4 in the query: the way that leaves no header to be
 * sent, and the credentials where they are.
 */
export function signWithAws({ region, credentials, now = () => new Date() }: SigningOptions): SignUrl {
  const signer = new SignatureV4({
    service: 'execute-api',
    region,
    credentials: async () => plain(await credentials()),
    sha256: Hash.bind(null, 'sha256'),
  });
  return async (url) => {
    const { protocol, host, hostname, pathname, searchParams } = new URL(url);
    const request = { method: 'GET', protocol, hostname, path: pathname, headers: { host } };
    const query = Object.fromEntries(searchParams);
    const signed = await signer.presign({ ...request, query }, { expiresIn: GOOD_FOR, signingDate: now() });
    return `${protocol}//${host}${pathname}?${queryText(signed.query ?? {})}`;
  };
}

/** What is undefined would be signed as such. */
function plain({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

/** As it was signed: a space is %20 in there, not a plus. */
function queryText(query: Readonly<Record<string, string | string[] | null>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`)
    .join('&');
}

/** All but letters, digits, hyphen, dot, underscore and tilde (RFC 3986, section 2.3). */
function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
