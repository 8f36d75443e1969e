import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const zip = promisify(gzip);

export interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is smaller goes into one packet of the network as it is. */
const WORTH_ZIPPING = 1_400;

/** A reply as API Gateway takes it; a larger one zipped, for who accepts that. */
export async function respond(
  { status, body, headers }: Reply,
  acceptEncoding: string | undefined,
): Promise<APIGatewayProxyStructuredResultV2> {
  const text = JSON.stringify(body);
  const response = {
    statusCode: status,
    headers: { 'content-type': 'application/json', vary: 'accept-encoding', ...headers },
  };
  if (text.length < WORTH_ZIPPING || !acceptsGzip(acceptEncoding)) return { ...response, body: text };
  return {
    ...response,
    headers: { ...response.headers, 'content-encoding': 'gzip' },
    body: (await zip(text)).toString('base64'),
    isBase64Encoded: true,
  };
}

/** A quality of 0 says no (RFC 9110, section 12.5.3). */
function acceptsGzip(acceptEncoding = ''): boolean {
  return acceptEncoding.split(',').some((encoding) => {
    const [name = '', ...parameters] = encoding.split(';').map((part) => part.trim().toLowerCase());
    return name === 'gzip' && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
