/** What API Gateway gives a function for a WebSocket, as far as it is read here. */
export interface SocketEvent {
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    /** When the connection was opened, in milliseconds since 1970. */
    readonly connectedAt: number;
    /** What an authorizer says of the caller. */
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
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

/** Who is connected: the one place that knows. Nobody in particular, as long as the API has no authorizer. */
export function callerOf({ requestContext: { authorizer } }: SocketEvent): string {
  const principal = authorizer?.['principalId'];
  return typeof principal === 'string' ? principal : '';
}

export function textOf({ body = '', isBase64Encoded }: SocketEvent): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}
