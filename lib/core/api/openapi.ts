import * as z from 'zod/mini';
import { methodOf } from './paths.ts';
import { ROUTES, type Route, type RouteName } from './routes.ts';

/** What an answer with a status of 400 or more says. */
export const problem = z.object({
  error: z.object({
    message: z.string(),
    /** What is wrong with each parameter, by their names. */
    fields: z.optional(z.record(z.string(), z.string())),
  }),
});

export type Problem = z.infer<typeof problem>;

/** What API Gateway answers before anything is asked of us. */
const refusal = z.object({ message: z.string() });

const FAILURES = {
  400: { description: 'A parameter is wrong', says: 'Problem' },
  401: { description: 'Nobody is signed in', says: 'Refusal' },
  403: { description: 'The token is none for this API', says: 'Refusal' },
  404: { description: 'There is no such thing', says: 'Problem' },
  405: { description: 'The path takes another method', says: 'Problem' },
  413: { description: 'The request has a body', says: 'Problem' },
  429: { description: 'Too many requests', says: 'Refusal' },
  500: { description: 'Something failed on our side', says: 'Problem' },
} as const;

/** How a caller says who they are, where the API is deployed; the local run asks nobody. */
const SIGN_IN = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'An access token of the user pool. The local run needs none.',
} as const;

/** The status of an answer: what is asked for by POST is made. */
export const SUCCESSES = { GET: 200, POST: 201 } as const;

/** The OpenAPI 3.1 document of the API. */
export function openApiDocument(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Flagstone',
      version,
      description: 'What Flagstone has flagged, and why.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: Object.fromEntries(
      (Object.keys(ROUTES) as RouteName[]).map((name) => [
        ROUTES[name].path,
        { [methodOf(name).toLowerCase()]: operation(name, ROUTES[name]) },
      ]),
    ),
    security: [{ signIn: [] }],
    components: {
      schemas: { Problem: schemaOf(problem), Refusal: schemaOf(refusal) },
      securitySchemes: { signIn: SIGN_IN },
    },
  };
}

function operation(name: RouteName, { summary, description, pathParameters, query, answer }: Route): object {
  const failures = Object.entries(FAILURES).map(([status, { description, says }]) => [
    status,
    { description, content: { 'application/json': { schema: { $ref: `#/components/schemas/${says}` } } } },
  ]);
  return {
    operationId: name,
    summary,
    ...(description !== undefined && { description }),
    parameters: [...parametersOf('path', pathParameters), ...parametersOf('query', query)],
    responses: {
      [SUCCESSES[methodOf(name)]]: {
        description: summary,
        content: { 'application/json': { schema: schemaOf(answer) } },
      },
      ...Object.fromEntries(failures),
    },
  };
}

function parametersOf(place: 'path' | 'query', schema: Route['query']): object[] {
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: schemaOf(part),
  }));
}

/** As it goes over the wire: parameters are texts. */
function schemaOf(schema: z.core.$ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
