import { methodOf, PATHS } from '../../core/api/paths.ts';
import type { Problem } from '../../core/api/openapi.ts';
import type { Answer, Query, RouteName } from '../../core/api/routes.ts';
import { session } from '../sign-in/page-session.ts';
import { NotSignedIn } from '../sign-in/session.ts';
import { tellReached } from './reachable.ts';

/** What a route is asked: the parts of its path in braces, and its query. */
export interface Request<Name extends RouteName> {
  readonly route: Name;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: { readonly [Key in keyof Query<Name>]?: string | number | undefined };
  readonly signal?: AbortSignal;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Asks the API. @throws ApiError with the sentence that the API answered, NotSignedIn */
export async function ask<Name extends RouteName>(request: Request<Name>): Promise<Answer<Name>> {
  const response = await reach(request);
  if (!response.ok) throw new ApiError(response.status, await readProblem(response));
  return (await response.json()) as Answer<Name>;
}

async function reach<Name extends RouteName>(request: Request<Name>): Promise<Response> {
  try {
    const method = methodOf(request.route);
    const response = await session.fetch(addressOf(request), { method, signal: request.signal ?? null });
    tellReached(response.status < 500);
    return response;
  } catch (error) {
    if (request.signal?.aborted !== true && !(error instanceof NotSignedIn)) tellReached(false);
    throw error;
  }
}

/** The address of a request; equal requests have equal addresses. */
export function addressOf<Name extends RouteName>({ route, path = {}, query = {} }: Request<Name>): string {
  const filled = PATHS[route].replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  return parameters.size === 0 ? filled : `${filled}?${parameters.toString()}`;
}

async function readProblem(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as Problem;
    const fields = Object.entries(error.fields ?? {}).map(([name, fault]) => `${name} ${fault}`);
    return fields.length > 0 ? fields.join('; ') : error.message;
  } catch {
    return `The server answered ${response.status}.`;
  }
}
