/** What API Gateway gives a function for a WebSocket, as far as it is read here. */
export interface SocketEvent {
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    /** When the connection was opened, in milliseconds since 1970. */
    readonly connectedAt: number;
    /** Who has signed the connection, where API Gateway asks for AWS credentials. */
    readonly identity?: { readonly userArn?: string | null };
  };
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface SocketResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The part of a session's ARN that the next session of the same role has, too. */
const ROLE = /^arn:[^:]+:sts::\d*:assumed-role\/[^/]+/;

/** Who is connected: the one place that knows. Nobody in particular where nobody is asked, as in the local run. */
export function callerOf({ requestContext: { identity } }: SocketEvent): string {
  const arn = identity?.userArn ?? '';
  const [role = arn] = ROLE.exec(arn) ?? [];
  return role;
}

export function textOf({ body = '', isBase64Encoded }: SocketEvent): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}
